package dev.lifeline.standalone;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** The commands that the script {@code lifeline} hands on to Java. */
public final class Lifeline {

    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Lifeline() {}

    /** {@code up}, or {@code token USER}. */
    public static void main(String[] arguments) {
        long start = System.nanoTime();
        List<String> words = Arrays.asList(arguments);
        Map<String, String> environment = System.getenv();
        try {
            if (words.equals(List.of("up"))) {
                UpCommand.run(environment, start);
            } else if (words.size() == 2 && words.getFirst().equals("token")) {
                System.out.println(TokenCommand.run(environment, words.getLast()));
            } else {
                System.err.println("usage: lifeline up | lifeline token USER");
                System.exit(WRONG_USAGE);
            }
        } catch (CannotStartException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(Lifeline.class).error("{} failed", words, e);
            fail("failed unexpectedly: " + e + "; the log has more");
        }
    }

    private static void fail(String message) {
        System.err.println("lifeline: " + message.replaceAll("\\s*\\R\\s*", " "));
        System.exit(FAILED);
    }
}
