package dev.lifeline.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import dev.lifeline.standalone.Up;
import dev.lifeline.testing.Chromium;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link Running} Lifeline of a test run to stories, which leave it as they found it: up, the provider
 * working, alice with both connectors, bob with none. When the stories of a class have ended, the read model must be what
 * the log comes to.
 */
final class Lifelines implements ParameterResolver, AfterAllCallback {

    private final Chromium chromium = new Chromium();

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Running.class;
    }

    @Override
    public Running resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Browser browser = chromium.browser(context);
        Up up = context.getRoot()
                .getStore(Namespace.create(Lifelines.class))
                .computeIfAbsent(Up.class, type -> start(), Up.class);
        return new Running(up, browser, cookies(context));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Up up = context.getRoot().getStore(Namespace.create(Lifelines.class)).get(Up.class, Up.class);
        if (up != null) {
            assertThat(Proof.of(up.home()).first())
                    .as("the read model, beside the fold of the log")
                    .isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> cookies(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(Lifelines.class))
                .computeIfAbsent("cookies", key -> new ConcurrentHashMap<String, String>(), Map.class);
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
