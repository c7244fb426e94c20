package dev.lifeline.standalone;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be closed, newest first, when the process ends or does not get up.
 *
 * <p>Once closing has begun, what is added is closed at once, and adding it fails, so that starting ends.
 */
final class Cleanup implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Cleanup.class);

    private final Deque<AutoCloseable> things = new ArrayDeque<>();
    private boolean closing;

    /** Has it closed at the end. Add a thing before it is started, so that half of it is closed too. */
    synchronized <T extends AutoCloseable> T add(T thing) {
        if (closing) {
            close(thing);
            throw new CannotStartException("stopped while starting");
        }
        things.push(thing);
        return thing;
    }

    /** From now on nothing may be added. */
    synchronized void refuse() {
        closing = true;
    }

    synchronized boolean isClosing() {
        return closing;
    }

    @Override
    public void close() {
        for (AutoCloseable thing = next(); thing != null; thing = next()) {
            close(thing);
        }
    }

    private synchronized @Nullable AutoCloseable next() {
        closing = true;
        return things.poll();
    }

    private static void close(AutoCloseable thing) {
        try {
            thing.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("{} could not be closed in good order", thing, e);
        }
    }
}
