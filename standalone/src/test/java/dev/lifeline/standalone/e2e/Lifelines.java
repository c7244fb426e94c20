package dev.lifeline.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.standalone.Up;
import dev.lifeline.testing.Chromium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link Running} Lifeline of a test process to stories, which leave it as they found it: up, the provider
 * working, alice with both connectors, bob with none. When the stories of a class have ended, the read model must be what
 * the log comes to.
 */
final class Lifelines implements ParameterResolver, AfterAllCallback {

    /** Not in a store of JUnit's: with more than one process Surefire has it run each class by itself. */
    private static final Map<String, String> COOKIES = new ConcurrentHashMap<>();

    private static @Nullable Up running;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Running resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return new Running(up(), Chromium.browser(), COOKIES);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        assertThat(Proof.of(up().home()).first())
                .as("the read model, beside the fold of the log")
                .isEmpty();
    }

    private static synchronized Up up() {
        if (running == null) {
            running = start();
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop up"));
        }
        return running;
    }

    /** Polls twice a second, so that stories are short. Its directory is kept for those who want to know what went wrong. */
    private static Up start() {
        try {
            Up up = Up.in(Files.createTempDirectory("lifeline-e2e")).with("LIFELINE_POLL_INTERVAL", "500ms");
            try {
                return up.start();
            } catch (RuntimeException | AssertionError e) {
                up.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
