package dev.lifeline.sandbox;

import java.net.URI;
import org.springframework.context.ConfigurableApplicationContext;

/** A sandbox provider that runs in this process. */
public final class Sandbox implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    Sandbox(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Its address, which is also its issuer: no slash at the end. */
    public URI baseUrl() {
        return context.getBean(SandboxProperties.class).issuer();
    }

    /** Stops it. Its state lies in its home directory; a start with the same home goes on from there. */
    @Override
    public void close() {
        context.close();
    }
}
