package dev.lifeline.poller.explain;

import dev.lifeline.poller.domain.classification.Answer;
import dev.lifeline.poller.domain.classification.ProviderKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of {@code explain}, understood.
 *
 * @param help whether only help is asked for
 * @param jsonl whether lines are to be judged
 * @param file where the lines are; null for standard input
 * @param body as given; {@code -} stands for standard input
 */
record Arguments(
        boolean help,
        boolean jsonl,
        @Nullable String file,
        String provider,
        int status,
        Map<String, List<String>> headers,
        String body) {
    private static final Set<String> WITH_VALUE =
            Set.of("--provider", "--status", "--content-type", "--header", "--body");
    private static final int HIGHEST_STATUS = 999;

    static Arguments parse(List<String> arguments) throws WrongUsageException {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            return new Arguments(true, false, null, "", 0, Map.of(), "");
        }
        return arguments.contains("--jsonl") || arguments.stream().anyMatch(each -> each.startsWith("--jsonl="))
                ? lines(arguments)
                : one(arguments);
    }

    boolean bodyFromInput() {
        return body.equals("-");
    }

    Answer answer(byte[] body) {
        return new Answer(ProviderKind.of(provider), status, headers, body);
    }

    private static Arguments lines(List<String> arguments) throws WrongUsageException {
        String first = arguments.getFirst();
        boolean only = arguments.size() == 1 || (first.equals("--jsonl") && arguments.size() == 2);
        if (!first.startsWith("--jsonl") || !only) {
            throw new WrongUsageException("--jsonl takes a file or nothing, and no other argument");
        }
        String file = first.startsWith("--jsonl=")
                ? first.substring("--jsonl=".length())
                : arguments.size() == 2 ? arguments.get(1) : "-";
        return new Arguments(false, true, file.equals("-") ? null : file, "", 0, Map.of(), "");
    }

    private static Arguments one(List<String> arguments) throws WrongUsageException {
        Map<String, String> given = new LinkedHashMap<>();
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals > 0 ? argument.substring(0, equals) : argument;
            if (!WITH_VALUE.contains(name)) {
                throw new WrongUsageException("no such argument: " + (name.startsWith("--") ? name : "a value alone"));
            }
            if (equals < 0 && i + 1 == arguments.size()) {
                throw new WrongUsageException(name + " needs a value");
            }
            String value = equals > 0 ? argument.substring(equals + 1) : arguments.get(++i);
            if (name.equals("--header")) {
                header(headers, value);
            } else if (given.put(name, value) != null) {
                throw new WrongUsageException(name + " is given twice");
            }
        }
        if (given.containsKey("--content-type")) {
            headers.computeIfAbsent("Content-Type", unused -> new ArrayList<>())
                    .addFirst(given.getOrDefault("--content-type", ""));
        }
        int status = status(needed(given, "--status"));
        return new Arguments(
                false, false, null, needed(given, "--provider"), status, headers, given.getOrDefault("--body", ""));
    }

    private static String needed(Map<String, String> given, String name) throws WrongUsageException {
        String value = given.get(name);
        if (value == null) {
            throw new WrongUsageException(name + " is missing");
        }
        return value;
    }

    private static int status(String text) throws WrongUsageException {
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > HIGHEST_STATUS) {
            throw new WrongUsageException("--status must be a number from 0 to " + HIGHEST_STATUS);
        }
        return Integer.parseInt(text);
    }

    private static void header(Map<String, List<String>> headers, String line) throws WrongUsageException {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new WrongUsageException("--header must be 'Name: value'");
        }
        headers.computeIfAbsent(line.substring(0, colon).strip(), unused -> new ArrayList<>())
                .add(line.substring(colon + 1).strip());
    }
}
