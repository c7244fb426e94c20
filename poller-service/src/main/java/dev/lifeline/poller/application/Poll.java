package dev.lifeline.poller.application;

import dev.lifeline.poller.domain.classification.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is new at a mail or calendar API. What is found is counted, never kept. Blocking, thread-safe; never throws
 * for what the provider does.
 */
public interface Poll {

    /**
     * Reads on from a cursor.
     *
     * @param cursor where the last reading ended, opaque; null to start anew
     * @param within no more time than this for all of it
     */
    Outcome read(String accessToken, @Nullable String cursor, Duration within);

    /** What came of it. */
    sealed interface Outcome {

        /**
         * The API was read.
         *
         * @param itemsFound how many new or changed items were seen
         * @param cursor where to read on from next time
         */
        record Read(long itemsFound, String cursor) implements Outcome {}

        /**
         * The API did not let itself be read; nothing was read and the old cursor stays good.
         *
         * @param unauthorized whether the access token was not accepted (401): a refresh, once, may mend it
         */
        record Refused(Verdict verdict, boolean unauthorized) implements Outcome {}
    }
}
