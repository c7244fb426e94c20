package dev.lifeline.standalone.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.events.UserIds;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.projector.rebuild.CannotReplayException;
import dev.lifeline.projector.rebuild.Comparison;
import dev.lifeline.projector.rebuild.Rebuild;
import dev.lifeline.projector.rebuild.Refold;
import dev.lifeline.projector.replay.OperatorAccess;
import dev.lifeline.query.domain.Banners;
import dev.lifeline.query.domain.Catalogue;
import dev.lifeline.query.domain.Catalogue.Offer;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.LogScan;
import dev.lifeline.runtime.LogUnreachableException;
import dev.lifeline.runtime.OneLine;
import dev.lifeline.runtime.ProgressLine;
import dev.lifeline.runtime.RuntimeSettings;
import dev.lifeline.standalone.CannotStartException;
import dev.lifeline.standalone.settings.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * {@code lifeline audit}: a user's history as the log has it, as of now or of any instant. Reads with the operator's access in
 * {@code LIFELINE_HOME}, and changes nothing.
 */
public final class AuditCommand {

    private static final int TOLD = 0;
    private static final int DIFFERENT = 1;
    private static final int WRONG_USAGE = 2;
    private static final int NOT_NOW = 3;

    private static final String USAGE = """
            usage: lifeline audit --user ID [--at INSTANT] [--verify] [--json]

              --user ID     whose history, by the user's id
              --at INSTANT  as of then, such as 2026-11-20T10:02:00Z; now, when left out
              --verify      folds the log anew, and compares with what the tables hold for this user; ends with 1 where
                            they differ
              --json        for machines
            """;

    /** What people call the connectors that there are; others are called by their names. */
    private static final Catalogue CATALOGUE = new Catalogue(
            List.of(new Offer("gmail", "Gmail", ""), new Offer("google-calendar", "Google Calendar", "")));

    private final Map<String, String> environment;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    public AuditCommand(Map<String, String> environment, Clock clock, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        PrintStream err = new PrintStream(System.err, true, UTF_8);
        System.exit(new AuditCommand(System.getenv(), Clock.systemUTC(), out, err).run(List.of(arguments)));
    }

    /** Runs the command; the exit status. */
    public int run(List<String> arguments) {
        try {
            if (arguments.contains("--help") || arguments.contains("-h")) {
                err.print(USAGE);
                return TOLD;
            }
            Asked asked = Asked.parse(arguments);
            tell(asked);
            return asked.verify() ? verify(asked.user()) : TOLD;
        } catch (IllegalArgumentException | CannotStartException e) {
            err.println("lifeline audit: " + e.getMessage());
            return WRONG_USAGE;
        } catch (LogUnreachableException | CannotReplayException e) {
            err.println("lifeline audit: " + e.getMessage());
            return NOT_NOW;
        } catch (RuntimeException | Error e) { // 1 is for tables that differ
            err.println("lifeline audit: it failed: " + OneLine.of(e.toString()));
            return NOT_NOW;
        }
    }

    private void tell(Asked asked) {
        Settings settings = Settings.from(environment);
        Instant now = clock.instant();
        Instant at = asked.at() == null ? now : asked.at();
        if (at.isAfter(now)) {
            throw new IllegalArgumentException("--at " + at + " is in the future; it is " + seconds(now) + " now");
        }
        try (LogScan scan = new LogScan(KafkaClients.ofOperator(settings.home()))) {
            Instant erased = scan.erased().get(asked.user());
            if (erased != null) {
                out.println(
                        asked.json()
                                ? Report.jsonOfErased(asked.user(), erased)
                                : asked.user() + " was erased, at " + erased
                                        + ". What the log still has of them is not told.");
                return;
            }
            UserLog log = new UserLog(scan, asked.user());
            Optional<Instant> begins = log.begins();
            begins.filter(at::isBefore).ifPresent(first -> {
                throw new IllegalArgumentException("--at " + at + " is before the log begins, at " + first);
            });
            Extent extent = log.extent(begins.orElse(at));
            Banners banners = Banners.polledEvery(settings.pollInterval(), CATALOGUE);
            ConnectorFold fold = new ConnectorFold(OperatorAccess.grace(environment));
            Tale tale = new Tale(asked.user(), extent, fold, banners, CATALOGUE);
            UserLog.Read read = log.read(at, tale::hear, new ProgressLine("the log", err));
            if (read.ofUser() == 0) {
                String nothing = "--user " + asked.user() + " is not known: the log has no word of anybody of that id";
                if (!asked.verify()) {
                    throw new IllegalArgumentException(nothing);
                }
                err.println("lifeline audit: " + nothing);
                return;
            }
            Report report = new Report(asked.user(), extent, tale.at(at), tale.lines(), read);
            if (asked.json()) {
                out.println(report.json());
            } else {
                report.text().forEach(out::println);
            }
        }
    }

    /** Proves what the tables hold by the log; the exit status. Tells on standard error, for the history is on the other. */
    private int verify(UUID user) {
        OperatorAccess access = OperatorAccess.in(Settings.homeFrom(environment));
        try (EventRuntime runtime = new EventRuntime(
                "audit",
                access.kafka(),
                RuntimeSettings.defaults(),
                new SimpleMeterRegistry(),
                ObservationRegistry.NOOP,
                clock)) {
            return told(Refold.ofUser(
                    user, access.postgres(), runtime, OperatorAccess.grace(environment), Rebuild.Progress.UNHEARD));
        } catch (SQLException e) {
            throw new CannotReplayException("the database said: " + e.getMessage(), e);
        } catch (KafkaException e) {
            throw new CannotReplayException("Kafka said: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotReplayException("interrupted", e);
        }
    }

    private int told(Comparison comparison) {
        if (comparison.unprovable() > 0) {
            err.println(comparison.unprovable() + " rows are older than the log, and can not be proven.");
        }
        if (comparison.identical()) {
            err.println("verified: " + comparison.rows() + " rows are what the log comes to.");
            return TOLD;
        }
        err.println("NOT what the log comes to: " + comparison.different() + " of " + comparison.rows()
                + " rows. The first:");
        comparison.first().forEach(difference -> err.println("  " + difference.sentence()));
        err.println("A row of which no version of the fold is told was changed, or folded before versions were noted."
                + " ./lifeline replay --into NAME --swap puts what today's comes to in their place.");
        return DIFFERENT;
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    private record Asked(UUID user, @Nullable Instant at, boolean verify, boolean json) {

        static Asked parse(List<String> arguments) {
            UUID user = null;
            Instant at = null;
            boolean json = false;
            boolean verify = false;
            for (Iterator<String> words = arguments.iterator(); words.hasNext(); ) {
                String word = words.next();
                switch (word) {
                    case "--json" -> json = true;
                    case "--verify" -> verify = true;
                    case "--user" -> user = user(value(word, words));
                    case "--at" -> at = instant(value(word, words));
                    default -> throw new IllegalArgumentException("there is no " + word + "\n" + USAGE.strip());
                }
            }
            if (user == null) {
                throw new IllegalArgumentException("--user is missing\n" + USAGE.strip());
            }
            return new Asked(user, at, verify, json);
        }

        private static String value(String option, Iterator<String> words) {
            if (!words.hasNext()) {
                throw new IllegalArgumentException(option + " has no value");
            }
            return words.next();
        }

        private static UUID user(String text) {
            return UserIds.parse(text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "--user " + text + " is no user's id; it looks like 11111111-1111-4111-8111-111111111111"));
        }

        private static Instant instant(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "--at " + text + " is no instant; write it like 2026-11-20T10:02:00Z", e);
            }
        }
    }
}
