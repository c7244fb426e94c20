package dev.lifeline.standalone.service;

import dev.lifeline.standalone.CannotStartException;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/** A service that runs in this process, in an application context of its own. */
public final class ServiceContext implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Service service;
    private final ConfigurableApplicationContext context;

    private ServiceContext(Service service, ConfigurableApplicationContext context) {
        this.service = service;
        this.context = context;
    }

    /**
     * Starts a service and returns once it has started, which is before it has shown that it can do its work.
     *
     * @param additions beans that it gets before its own are made
     * @throws CannotStartException when it does not start; nothing of it is left running
     */
    public static ServiceContext start(
            Service service, SharedPort port, ApplicationContextInitializer<GenericApplicationContext> additions) {
        SpringApplication application = new SpringApplication(service.application());
        application.setWebApplicationType(service.type());
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(Map.of("spring.config.name", service.name()));
        application.addInitializers(additions);
        if (service.type() == WebApplicationType.REACTIVE) {
            application.addInitializers(
                    serving(service.prefix().map(port::under).orElseGet(port::nowhere)));
        }
        String[] outweighing = service.properties().entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        try {
            return new ServiceContext(service, application.run(outweighing));
        } catch (RuntimeException e) {
            throw new CannotStartException(service.name() + " did not start: " + rootOf(e), e);
        }
    }

    private static ApplicationContextInitializer<GenericApplicationContext> serving(ReactiveWebServerFactory factory) {
        return context -> context.registerBean("sharedPort", ReactiveWebServerFactory.class, () -> factory);
    }

    private static String rootOf(Throwable failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    public String name() {
        return service.name();
    }

    boolean isAt(String prefix) {
        return service.prefix().filter(prefix::equals).isPresent();
    }

    /** A bean of the service. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Whether the service says that it can do its work. */
    public Status readiness() {
        if (!context.isActive()) {
            return Status.DOWN;
        }
        HealthEndpoint endpoint = context.getBeanProvider(HealthEndpoint.class).getIfAvailable();
        if (endpoint == null) {
            return Status.UP;
        }
        HealthDescriptor readiness = endpoint.healthForPath("readiness");
        return readiness == null ? endpoint.health().getStatus() : readiness.getStatus();
    }

    /**
     * Waits until the service says that it can do its work; whether it did so in that time.
     *
     * @param givenUp whether nobody needs it any more
     */
    public boolean awaitReadiness(Duration patience, BooleanSupplier givenUp) throws InterruptedException {
        long start = System.nanoTime();
        while (!Status.UP.equals(readiness())) {
            if (givenUp.getAsBoolean() || System.nanoTime() - start > patience.toNanos()) {
                return false;
            }
            Thread.sleep(LOOK_AGAIN);
        }
        return true;
    }

    @Override
    public void close() {
        context.close();
    }
}
