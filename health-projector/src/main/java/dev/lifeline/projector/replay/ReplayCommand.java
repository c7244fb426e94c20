package dev.lifeline.projector.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.projector.adapter.postgres.PostgresAccess;
import dev.lifeline.projector.adapter.postgres.ScratchSchema;
import dev.lifeline.projector.rebuild.CannotReplayException;
import dev.lifeline.projector.rebuild.Comparison;
import dev.lifeline.projector.rebuild.Rebuild;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.LogUnreachableException;
import dev.lifeline.runtime.Replay;
import dev.lifeline.runtime.RuntimeSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.KafkaException;

/**
 * {@code lifeline replay}: rebuilds the read model from Kafka in another schema beside the live one, and compares the two.
 * Reaches what runs by the files in {@code LIFELINE_HOME}. Standard output has the result, standard error how it gets on.
 *
 * <p>Ends with 0 when they are identical, 1 when they differ, 2 when it was called wrongly, 3 when it can not be done now.
 */
public final class ReplayCommand {

    static final int IDENTICAL = 0;
    static final int DIFFERENT = 1;
    static final int WRONG_USAGE = 2;
    static final int NOT_NOW = 3;

    private static final String NO_ROOM = "53100";
    private static final int MOST_SHOWN = 20;
    private static final String USAGE = """
            usage: lifeline replay --into SCHEMA [--swap]

              --into SCHEMA   where to rebuild the read model; made where it is missing, gone on with where an earlier
                              replay left it. Lower case letters, digits and _
              --swap          puts the rebuilt one in the live one's place, whether or not they differ
            """;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    ReplayCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        // what runs writes beside it
        System.setProperty(
                "lifeline.logs", home(environment).resolve("logs/replay").toString());
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        PrintStream err = new PrintStream(System.err, true, UTF_8);
        System.exit(new ReplayCommand(environment, out, err).run(List.of(arguments)));
    }

    /** Runs the command; the exit status. */
    int run(List<String> arguments) {
        if (arguments.equals(List.of("--help")) || arguments.equals(List.of("-h"))) {
            err.print(USAGE);
            return IDENTICAL;
        }
        boolean swap = arguments.contains("--swap");
        List<String> rest =
                arguments.stream().filter(word -> !word.equals("--swap")).toList();
        if (rest.size() != 2 || !rest.getFirst().equals("--into")) {
            return wrong("it takes --into SCHEMA, and --swap or not");
        }
        String schema = rest.get(1);
        if (!ScratchSchema.isName(schema)) {
            return wrong("'" + schema + "' can not be a schema's name here");
        }
        try {
            OperatorAccess access = OperatorAccess.in(home(environment));
            return replay(schema, swap, access);
        } catch (CannotReplayException | LogUnreachableException e) {
            return notNow(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) { // 1 is for read models that differ
            return notNow("it failed: " + e);
        }
    }

    private int replay(String schema, boolean swap, OperatorAccess access) {
        AtomicBoolean done = new AtomicBoolean();
        ProgressBar progress = new ProgressBar(err, Boolean.getBoolean("lifeline.terminal"), System::nanoTime);
        Thread broken = new Thread(() -> brokenOff(schema, done, progress), "broken-off");
        Runtime.getRuntime().addShutdownHook(broken);
        try (EventRuntime runtime = new EventRuntime(
                        "replay",
                        access.kafka(),
                        RuntimeSettings.defaults(),
                        new SimpleMeterRegistry(),
                        ObservationRegistry.NOOP,
                        Clock.systemUTC());
                Rebuild rebuild = open(schema, swap, access.postgres(), runtime)) {
            return replay(schema, swap, rebuild, progress);
        } catch (SQLException e) {
            return notNow("the database said: " + e.getMessage());
        } catch (InvalidOffsetException e) {
            return notNow(
                    "the log was cut off before it was read; drop " + schema + " and begin anew: " + e.getMessage());
        } catch (KafkaException e) {
            return notNow("Kafka said: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return notNow("interrupted");
        } finally {
            progress.end();
            done.set(true);
        }
    }

    private Rebuild open(String schema, boolean swap, PostgresAccess access, EventRuntime runtime) {
        try {
            if (swap) {
                Rebuild.requireRoomToSwap(schema, access);
            }
            return Rebuild.into(schema, access, runtime, OperatorAccess.grace(environment));
        } catch (SQLException e) {
            throw new CannotReplayException(
                    "PostgreSQL at %s can not be used: %s".formatted(access, e.getMessage()), e);
        }
    }

    private int replay(String schema, boolean swap, Rebuild rebuild, ProgressBar progress)
            throws SQLException, InterruptedException {
        if (rebuild.resumed()) {
            progress.doing("going on with what " + schema + " has");
        }
        try {
            rebuild.fold(progress);
            Comparison comparison = rebuild.compare(progress);
            progress.end();
            tell(comparison, rebuild.passedOver(), progress);
            if (swap) {
                String before = rebuild.swap(progress);
                progress.end();
                say(
                        "swapped: %s is the rebuilt one; what was there is in %s, and goes with: %s",
                        Rebuild.LIVE, before, dropping(before));
            } else {
                say("the rebuilt one is in the schema %s; it goes with: %s", schema, dropping(schema));
            }
            return comparison.identical() ? IDENTICAL : DIFFERENT;
        } catch (SQLException e) {
            if (!NO_ROOM.equals(e.getSQLState())) {
                throw e;
            }
            rebuild.drop(); // live needs the room
            throw new CannotReplayException(
                    "there is no room on the database's disk; " + schema
                            + " is gone again. A rebuild takes about as much" + " as the live read model",
                    e);
        }
    }

    private void tell(Comparison comparison, Replay.PassedOver passedOver, ProgressBar progress) {
        say("folded %,d events in %.1f s", progress.passed(), progress.seconds());
        comparison.tables().forEach(table -> say("  %-20s %,12d rows%s", table.name(), table.rows(), remark(table)));
        if (passedOver.unreadable() + passedOver.unknown() > 0) {
            say(
                    "passed over, as live: %,d records that can not be folded, %,d of a type that this release does not know",
                    passedOver.unreadable(), passedOver.unknown());
        }
        if (comparison.identical()) {
            say("identical: %,d rows", comparison.rows());
        } else {
            say("different: %,d of %,d rows; the first differences:", comparison.different(), comparison.rows());
            comparison.first().stream()
                    .limit(MOST_SHOWN)
                    .forEach(difference -> out.println("  " + difference.sentence()));
        }
    }

    private static String remark(Comparison.Table table) {
        String different = table.different() == 0 ? "" : String.format(Locale.ROOT, ", %,d differ", table.different());
        String older = table.unprovable() == 0
                ? ""
                : String.format(Locale.ROOT, ", %,d older than the log", table.unprovable());
        return different + older;
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private void brokenOff(String schema, AtomicBoolean done, ProgressBar progress) {
        if (!done.get()) {
            progress.end();
            err.println("lifeline replay: broken off; the same command goes on from here, or all of it goes with: "
                    + dropping(schema));
        }
    }

    /** What to tell the database, and how to get there. */
    private String dropping(String schema) {
        return "DROP SCHEMA " + schema + " CASCADE (access: "
                + home(environment).resolve("postgres.properties") + ")";
    }

    private int wrong(String what) {
        err.println("lifeline replay: " + what);
        err.print(USAGE);
        return WRONG_USAGE;
    }

    private int notNow(String why) {
        err.println("lifeline replay: " + why.replaceAll("\\s*\\R\\s*", " "));
        return NOT_NOW;
    }

    private static Path home(Map<String, String> environment) {
        return Path.of(environment.getOrDefault("LIFELINE_HOME", ".lifeline"));
    }
}
