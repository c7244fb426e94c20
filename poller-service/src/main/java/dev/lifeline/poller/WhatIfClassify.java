package dev.lifeline.poller;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.events.Codec;
import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.Topics;
import dev.lifeline.poller.domain.classification.RuleTable;
import dev.lifeline.poller.whatif.Outcome;
import dev.lifeline.poller.whatif.Report;
import dev.lifeline.poller.whatif.Trial;
import dev.lifeline.runtime.KafkaClients;
import dev.lifeline.runtime.LogScan;
import dev.lifeline.runtime.LogUnreachableException;
import dev.lifeline.runtime.ProgressLine;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code lifeline whatif classify}: tries other rules of classification on the refusals in the log, and tells which verdicts
 * would change. Reads with the operator's access in {@code LIFELINE_HOME}, and changes nothing.
 *
 * <p>Ends with 0 and the outcome, with 2 when it was called wrongly or the rules can not be meant so, with 3 when Kafka can not
 * be read now.
 */
public final class WhatIfClassify {

    private static final int TRIED = 0;
    private static final int WRONG_USAGE = 2;
    private static final int NOT_NOW = 3;

    private static final String USAGE = """
            usage: lifeline whatif classify --rules FILE [--json]
                   lifeline whatif classify --print-rules

              --rules FILE    the rules to try on all past refusals, in the form of --print-rules
              --json          answers as JSON
              --print-rules   prints the rules in force; change a copy, and try that
            """;

    private final Path home;
    private final PrintStream out;
    private final PrintStream err;

    /** @param home where the file lies that says how Kafka is reached */
    WhatIfClassify(Path home, PrintStream out, PrintStream err) {
        this.home = home;
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        Path home = Path.of(System.getenv().getOrDefault("LIFELINE_HOME", ".lifeline"));
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        PrintStream err = new PrintStream(System.err, true, UTF_8);
        System.exit(new WhatIfClassify(home, out, err).run(List.of(arguments)));
    }

    /** Runs the command; the exit status. */
    int run(List<String> arguments) {
        try {
            if (arguments.contains("--help") || arguments.contains("-h")) {
                err.print(USAGE);
                return TRIED;
            }
            if (arguments.equals(List.of("--print-rules"))) {
                out.print(RuleTable.tokenEndpointFile());
                return TRIED;
            }
            Asked asked = Asked.parse(arguments);
            Outcome outcome = tried(rules(asked.rules()));
            if (asked.json()) {
                out.println(new String(new Codec().encodeValue(outcome), UTF_8));
            } else {
                Report.of(outcome, asked.rules()).forEach(out::println);
            }
            return TRIED;
        } catch (IllegalArgumentException e) {
            err.println("lifeline whatif classify: " + e.getMessage());
            return WRONG_USAGE;
        } catch (LogUnreachableException e) {
            err.println("lifeline whatif classify: " + e.getMessage());
            return NOT_NOW;
        }
    }

    private Outcome tried(RuleTable rules) {
        Trial trial = new Trial(rules, RuleTable.TOKEN_ENDPOINT);
        try (LogScan scan = new LogScan(KafkaClients.ofOperator(home))) {
            Set<UUID> erased = scan.erased().keySet();
            LogScan.Tally tally = scan.read(
                    scan.range(Topics.CONNECTOR_EVENTS, null),
                    OAuthRefreshFailed.class,
                    received -> {
                        if (!erased.contains(received.message().userId())) {
                            trial.take(received.at(), received.time(), received.message());
                        }
                    },
                    new ProgressLine(Topics.CONNECTOR_EVENTS.name(), err));
            return trial.outcome(tally.records(), tally.unreadable(), tally.unknown());
        }
    }

    private static RuleTable rules(String file) {
        try {
            return RuleTable.ofTokenEndpoint(Files.readString(Path.of(file)));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "--rules: there is no " + file + "; make one with --print-rules > " + file, e);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("--rules: " + file + " is not UTF-8; save it as that", e);
        } catch (IOException e) {
            throw new IllegalArgumentException("--rules: " + file + " can not be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--rules: " + file + ", " + e.getMessage(), e);
        }
    }

    private record Asked(String rules, boolean json) {

        static Asked parse(List<String> arguments) {
            @Nullable String rules = null;
            boolean json = false;
            for (int i = 0; i < arguments.size(); i++) {
                switch (arguments.get(i)) {
                    case "--json" -> json = true;
                    case "--rules" -> {
                        if (rules != null || i + 1 == arguments.size()) {
                            throw new IllegalArgumentException("--rules needs one file; give it once\n" + USAGE);
                        }
                        rules = arguments.get(++i);
                    }
                    default ->
                        throw new IllegalArgumentException("there is no argument '" + arguments.get(i) + "'\n" + USAGE);
                }
            }
            if (rules == null) {
                throw new IllegalArgumentException("--rules is missing; give the file with the rules to try\n" + USAGE);
            }
            return new Asked(rules, json);
        }
    }
}
