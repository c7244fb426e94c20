package dev.lifeline.poller.explain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lifeline.poller.domain.classification.TokenEndpointAnswers;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * {@code lifeline explain}: judges answers of token endpoints and says which rule did it, why, and what the user would see. Needs
 * nothing running. Standard output has JSON only.
 *
 * <p>Ends with 0 when all was judged, 1 when a line of JSONL could not be read, 2 when it was called wrongly.
 */
public final class Explain {
    static final int JUDGED = 0;
    static final int BAD_LINE = 1;
    static final int WRONG_USAGE = 2;

    private static final String USAGE = """
            usage: lifeline explain --provider P --status N [--content-type T] [--header 'K: V']... [--body TEXT]
                   lifeline explain --jsonl [FILE]

              --provider P       google, microsoft, slack, github, sandbox; any other is judged by the general rules
              --status N         the HTTP status; 0: no answer came
              --content-type T   its Content-Type
              --header 'K: V'    another header, such as 'Retry-After: 5'; may be given several times.
                                 A Retry-After that is a date counts from the header Date: give that as well
              --body TEXT        its body; - reads it from standard input; left out: it is empty
              --jsonl [FILE]     judges objects with provider, status, contentType, headers, body, one a line,
                                 from FILE or standard input, and answers a line each
            """;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    Explain(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        System.exit(new Explain(System.in, out, new PrintStream(System.err, true, UTF_8)).run(List.of(arguments)));
    }

    /** Runs the command; the exit status. */
    int run(List<String> arguments) {
        try {
            Arguments given = Arguments.parse(arguments);
            if (given.help()) {
                err.print(USAGE);
                return JUDGED;
            }
            return given.jsonl() ? judgeLines(given) : judgeOne(given);
        } catch (WrongUsageException e) {
            err.println("lifeline explain: " + e.getMessage() + "; see ./lifeline explain --help");
            return WRONG_USAGE;
        } catch (IOException e) {
            throw new UncheckedIOException("can not read the answer", e);
        }
    }

    private int judgeOne(Arguments given) throws IOException, WrongUsageException {
        byte[] body = given.bodyFromInput() ? in.readAllBytes() : given.body().getBytes(UTF_8);
        out.println(
                Explanation.of(TokenEndpointAnswers.judge(given.answer(body))).toJson());
        return JUDGED;
    }

    private int judgeLines(Arguments given) throws IOException, WrongUsageException {
        int status = JUDGED;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(given), UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                try {
                    out.println(Explanation.of(TokenEndpointAnswers.judge(Line.parse(line)))
                            .toJson());
                } catch (BadLineException e) {
                    out.println(Explanation.error("line " + number + ": " + e.getMessage()));
                    status = BAD_LINE;
                }
            }
        }
        return status;
    }

    private InputStream open(Arguments given) throws WrongUsageException {
        String file = given.file();
        if (file == null) {
            return in;
        }
        try {
            return new FileInputStream(file);
        } catch (IOException e) {
            throw new WrongUsageException("can not read " + file + ": give a file of JSON objects, one a line");
        }
    }
}
