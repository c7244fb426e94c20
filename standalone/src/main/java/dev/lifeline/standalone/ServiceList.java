package dev.lifeline.standalone;

import dev.lifeline.policy.PolicyApplication;
import dev.lifeline.poller.PollerApplication;
import dev.lifeline.projector.ProjectorApplication;
import dev.lifeline.query.QueryApplication;
import dev.lifeline.sandbox.SandboxApplication;
import dev.lifeline.standalone.home.Home;
import dev.lifeline.standalone.home.Secrets;
import dev.lifeline.standalone.service.Service;
import dev.lifeline.standalone.settings.Mode;
import dev.lifeline.standalone.settings.Settings;
import dev.lifeline.standalone.store.Access;
import dev.lifeline.standalone.store.Identity;
import dev.lifeline.standalone.store.KafkaNode;
import dev.lifeline.standalone.store.PostgresNode;
import dev.lifeline.standalone.store.Role;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.WebApplicationType;

/** Which services {@code up} starts, each with the settings that make it part of this one installation. */
final class ServiceList {

    /** The poller's name, by which its context is found. */
    static final String POLLER = "poller-service";

    private final Optional<Service> provider;
    private final List<Service> services;

    ServiceList(Settings settings, Home home, Secrets secrets, KafkaNode kafka, PostgresNode postgres)
            throws IOException {
        Providers providers = Providers.of(settings);
        String ticketKey = secrets.key("ticket");
        provider = settings.mode() instanceof Mode.Sandbox ? Optional.of(sandbox(settings, home)) : Optional.empty();
        services = List.of(
                reactive(
                        POLLER,
                        PollerApplication.class,
                        Optional.of("/oauth/"),
                        common(settings),
                        kafka(kafka.access(Identity.POLLER)),
                        jdbc(postgres, Role.POLLER),
                        providers.ofPoller(),
                        Map.of(
                                "lifeline.ticket-key",
                                ticketKey,
                                "lifeline.poller.instance",
                                "up",
                                "lifeline.poller.keyset-file",
                                home.keys().resolve("credentials.json").toString())),
                reactive(
                        "health-projector",
                        ProjectorApplication.class,
                        Optional.empty(),
                        common(settings),
                        kafka(kafka.access(Identity.PROJECTOR)),
                        jdbc(postgres, Role.PROJECTOR),
                        Map.of("spring.flyway.placeholders.reader", Role.QUERY.name())),
                reactive(
                        "policy-service",
                        PolicyApplication.class,
                        Optional.of("/api/decisions/,/api/users/*/actions"),
                        common(settings),
                        kafka(kafka.access(Identity.POLICY)),
                        jdbc(postgres, Role.POLICY),
                        Map.of(
                                "lifeline.policy.instance",
                                "up",
                                "lifeline.policy.auto-execute-disabled",
                                settings.autoExecuteDisabled(),
                                "lifeline.policy.issuer",
                                SignIn.issuer(settings).toString())),
                reactive(
                        "query-api",
                        QueryApplication.class,
                        Optional.of("/"),
                        common(settings),
                        kafka(kafka.access(Identity.QUERY)),
                        r2dbc(postgres, Role.QUERY),
                        providers.ofCatalogue(),
                        SignIn.of(settings),
                        Map.of(
                                "lifeline.ticket-key",
                                ticketKey,
                                "management.endpoint.health.group.readiness.include",
                                "readinessState,r2dbc,listen,services")));
    }

    /** The sandbox provider, which has a port of its own; absent in real mode. */
    Optional<Service> provider() {
        return provider;
    }

    /** The services that share a port. */
    List<Service> services() {
        return services;
    }

    private static Service sandbox(Settings settings, Home home) throws IOException {
        return new Service(
                "sandbox-provider",
                SandboxApplication.class,
                WebApplicationType.SERVLET,
                Optional.empty(),
                Map.of(
                        "server.port", Integer.toString(settings.sandboxPort()),
                        "lifeline.public-url", settings.publicUrl().toString(),
                        "lifeline.sandbox.home", home.sandbox().toString(),
                        "lifeline.sandbox.issuer", settings.sandboxUrl().toString()));
    }

    @SafeVarargs
    private static Service reactive(
            String name, Class<?> application, Optional<String> prefix, Map<String, String>... properties) {
        Map<String, String> all = new HashMap<>();
        for (Map<String, String> some : properties) {
            all.putAll(some);
        }
        return new Service(name, application, WebApplicationType.REACTIVE, prefix, all);
    }

    private static Map<String, String> common(Settings settings) {
        return Map.of(
                "lifeline.public-url", settings.publicUrl().toString(),
                "lifeline.poll-interval", settings.pollInterval().toString(),
                "lifeline.runtime.topics.create", "false",
                // Nobody collects telemetry on a machine of one's own; metrics are there to be read.
                "management.otlp.metrics.export.enabled", "false",
                "management.tracing.export.enabled", "false",
                "management.logging.export.otlp.enabled", "false");
    }

    private static Map<String, String> kafka(Access access) {
        Map<String, String> properties = new HashMap<>();
        access.clientProperties()
                .forEach((name, value) -> properties.put("spring.kafka.properties." + name, String.valueOf(value)));
        properties.put("spring.kafka.bootstrap-servers", access.bootstrapServers());
        // A member with a name takes its own place in its groups again; another would wait until a killed one counts as
        // dead.
        properties.put("spring.kafka.consumer.properties.group.instance.id", "up");
        return properties;
    }

    private static Map<String, String> r2dbc(PostgresNode postgres, Role role) {
        return Map.of(
                "spring.r2dbc.url", postgres.jdbcUrl().replaceFirst("^jdbc:", "r2dbc:"),
                "spring.r2dbc.username", role.name(),
                "spring.r2dbc.password", postgres.password(role),
                "spring.flyway.url", postgres.jdbcUrl(),
                "spring.flyway.user", role.name(),
                "spring.flyway.password", postgres.password(role));
    }

    private static Map<String, String> jdbc(PostgresNode postgres, Role role) {
        return Map.of(
                "spring.datasource.url", postgres.jdbcUrl(),
                "spring.datasource.username", role.name(),
                "spring.datasource.password", postgres.password(role),
                "spring.datasource.hikari.schema", role.schema());
    }
}
