package dev.lifeline.sandbox.fault;

import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.account.Accounts;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** How often the provider was asked for what, by whose account, since it was started; refused requests too. */
@Component
public class RequestCounts {

    /** What can be asked for. */
    public enum Asked {
        /** A refresh. */
        TOKEN,
        MAIL,
        CALENDAR
    }

    private final Map<Asked, Map<String, LongAdder>> counts = new ConcurrentHashMap<>();

    /** Counts a request; one that names no account of ours is not counted. */
    void count(Asked asked, String account) {
        if (Accounts.named(account).isPresent()) {
            of(asked, account).increment();
        }
    }

    /** The counts, by what was asked for and by account. */
    public Map<String, Map<String, Long>> read() {
        Map<String, Map<String, Long>> read = new TreeMap<>();
        for (Asked asked : Asked.values()) {
            Map<String, Long> each = new TreeMap<>();
            for (Account account : Accounts.all()) {
                each.put(account.name(), of(asked, account.name()).sum());
            }
            read.put(asked.name().toLowerCase(Locale.ROOT), each);
        }
        return read;
    }

    private LongAdder of(Asked asked, String account) {
        return counts.computeIfAbsent(asked, none -> new ConcurrentHashMap<>())
                .computeIfAbsent(account, none -> new LongAdder());
    }
}
