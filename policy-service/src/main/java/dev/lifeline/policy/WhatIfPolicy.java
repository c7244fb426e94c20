package dev.lifeline.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.events.ActionEvent.ActionDecided;
import dev.lifeline.events.AutonomyEvent.PolicyChanged;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Topics;
import dev.lifeline.events.UserIds;
import dev.lifeline.policy.whatif.Outcome;
import dev.lifeline.policy.whatif.Proposed;
import dev.lifeline.policy.whatif.Report;
import dev.lifeline.policy.whatif.Trial;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.LogScan;
import dev.lifeline.runtime.LogUnreachableException;
import dev.lifeline.runtime.ProgressLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code lifeline whatif policy}: tries other policies on what was decided about a user's actions, and tells which verdicts would
 * change. Reads with the operator's access in {@code LIFELINE_HOME}, and changes nothing.
 *
 * <p>Ends with 0 and the outcome, with 2 when it was called wrongly or the policies can not be meant so, with 3 when Kafka can
 * not be read now.
 */
public final class WhatIfPolicy {

    private static final int TRIED = 0;
    private static final int WRONG_USAGE = 2;
    private static final int NOT_NOW = 3;

    private static final String USAGE = """
            usage: lifeline whatif policy --user ID --rules FILE [--json]

              --user ID       whose past actions are judged again
              --rules FILE    JSON: one policy as PUT .../policies/ID takes it, which comes beside what the user had then,
                              or with its policyId in place of that one; or a list of them, or what GET .../policies
                              answers, in place of all
              --json          answers as JSON
            """;

    private final Path home;
    private final PrintStream out;
    private final PrintStream err;

    /** @param home where the file lies that says how Kafka is reached */
    WhatIfPolicy(Path home, PrintStream out, PrintStream err) {
        this.home = home;
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        Path home = Path.of(System.getenv().getOrDefault("LIFELINE_HOME", ".lifeline"));
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        PrintStream err = new PrintStream(System.err, true, UTF_8);
        System.exit(new WhatIfPolicy(home, out, err).run(List.of(arguments)));
    }

    /** Runs the command; the exit status. */
    int run(List<String> arguments) {
        try {
            if (arguments.contains("--help") || arguments.contains("-h")) {
                err.print(USAGE);
                return TRIED;
            }
            Asked asked = Asked.parse(arguments);
            Outcome outcome = tried(asked.user(), proposed(asked.rules()));
            if (asked.json()) {
                out.println(new String(new Codec().encodeValue(outcome), UTF_8));
            } else {
                Report.of(outcome, asked.rules()).forEach(out::println);
            }
            return TRIED;
        } catch (IllegalArgumentException e) {
            err.println("lifeline whatif policy: " + e.getMessage());
            return WRONG_USAGE;
        } catch (LogUnreachableException e) {
            err.println("lifeline whatif policy: " + e.getMessage());
            return NOT_NOW;
        }
    }

    /** Where the decisions end is asked first, so that whatever they were made by is among the policies. */
    private Outcome tried(UUID user, Proposed proposed) {
        Trial trial = new Trial(user, proposed);
        try (LogScan scan = new LogScan(KafkaClients.ofOperator(home))) {
            Instant erased = scan.erased().get(user);
            if (erased != null) {
                throw new IllegalArgumentException(
                        "--user " + user + " was erased, at " + erased + "; nothing of theirs is judged again");
            }
            LogScan.Range decisions = scan.range(Topics.ACTION_EVENTS, user);
            scan.read(
                    scan.range(Topics.AUTONOMY_EVENTS, user),
                    PolicyChanged.class,
                    received -> trial.written(received.message()),
                    new ProgressLine(Topics.AUTONOMY_EVENTS.name(), err));
            LogScan.Tally tally = scan.read(
                    decisions,
                    ActionDecided.class,
                    received -> trial.take(received.at(), received.time(), received.message()),
                    new ProgressLine(Topics.ACTION_EVENTS.name(), err));
            return trial.outcome(tally.records(), tally.unreadable(), tally.unknown());
        }
    }

    private static Proposed proposed(String file) {
        byte[] json;
        try {
            json = Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "--rules: there is no " + file + "; make one of what GET .../policies answers", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("--rules: " + file + " can not be read: " + e.getMessage(), e);
        }
        try {
            return Proposed.read(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--rules: " + file + ": " + e.getMessage(), e);
        }
    }

    private record Asked(UUID user, String rules, boolean json) {

        static Asked parse(List<String> arguments) {
            @Nullable String user = null;
            @Nullable String rules = null;
            boolean json = false;
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                switch (argument) {
                    case "--json" -> json = true;
                    case "--user" -> user = once(argument, user, arguments, ++i);
                    case "--rules" -> rules = once(argument, rules, arguments, ++i);
                    default -> throw new IllegalArgumentException("there is no argument '" + argument + "'\n" + USAGE);
                }
            }
            if (user == null || rules == null) {
                throw new IllegalArgumentException(
                        user == null
                                ? "--user is missing; give the id of whose past actions are judged again\n" + USAGE
                                : "--rules is missing; give the file with the policies to try\n" + USAGE);
            }
            String id = user;
            return new Asked(
                    UserIds.parse(id)
                            .orElseThrow(() -> new IllegalArgumentException("--user '" + id
                                    + "' is no user id; give a UUID, such as 11111111-1111-4111-8111-111111111111")),
                    rules,
                    json);
        }

        private static String once(String name, @Nullable String before, List<String> arguments, int at) {
            if (before != null || at == arguments.size()) {
                throw new IllegalArgumentException(name + " needs one value; give it once\n" + USAGE);
            }
            return arguments.get(at);
        }
    }
}
