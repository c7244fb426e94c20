package dev.lifeline.query.application;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * Finds the sign-outs that nobody was told of: between the check of a cookie and the opening of its stream, and while the
 * connection that tells of them was lost. Confined to the loop of {@link LiveBanners}.
 */
final class SignOuts {

    private static final Logger log = LoggerFactory.getLogger(SignOuts.class);

    private final Sessions sessions;
    private final Scheduler loop;
    private final Set<String> unsure = new LinkedHashSet<>();
    private boolean asking;

    SignOuts(Sessions sessions, Scheduler loop) {
        this.sessions = sessions;
        this.loop = loop;
    }

    /** That session may have ended unseen. */
    void suspect(String session) {
        unsure.add(session);
    }

    /** Asks for all that are unsure at once; who has ended is given to {@code ended}. When that fails, they stay unsure. */
    void ask(Consumer<Set<String>> ended) {
        if (asking || unsure.isEmpty()) {
            return;
        }
        asking = true;
        Set<String> asked = Set.copyOf(unsure);
        unsure.clear();
        sessions.living(asked)
                .publishOn(loop)
                .subscribe(
                        living -> {
                            asking = false;
                            Set<String> gone = new LinkedHashSet<>(asked);
                            gone.removeAll(living);
                            ended.accept(gone);
                        },
                        failure -> {
                            asking = false;
                            unsure.addAll(asked);
                            log.info("{} open sessions can not be checked: {}", asked.size(), failure.toString());
                        });
    }
}
