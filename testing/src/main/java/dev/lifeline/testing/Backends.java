package dev.lifeline.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One Kafka broker and one PostgreSQL server for a whole test process.
 *
 * <pre>{@code
 * @ExtendWith(Backends.class)
 * class FoldTest {
 *     @BeforeAll
 *     static void prepare(Database database, KafkaBackend kafka) { ... }
 * }
 * }</pre>
 *
 * <p>They run in containers where a Docker engine is (variable {@code DOCKER_HOST}, or its socket), else embedded; the
 * variable {@code LIFELINE_TEST_BACKENDS}, {@code containers} or {@code embedded}, decides otherwise. Each is started when
 * it is first asked for, and ends with the process.
 *
 * <p>A parameter of type {@link Database} is a new, empty database, the same one throughout a test class.
 */
public final class Backends implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(Backends.class);

    /** The broker, running. */
    public static KafkaBackend kafka() {
        return Kafka.RUNNING;
    }

    /** Another broker, running, for what would be in the way of other tests; it ends with the process. */
    public static KafkaBackend anotherKafka() {
        return startedKafka();
    }

    /** The database server, running. */
    public static PostgresBackend postgres() {
        return Postgres.RUNNING;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == KafkaBackend.class || type == PostgresBackend.class || type == Database.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == KafkaBackend.class) {
            return kafka();
        }
        if (type == PostgresBackend.class) {
            return postgres();
        }
        Class<?> outermost = outermost(context.getRequiredTestClass());
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(outermost, c -> postgres().freshDatabase(), Database.class);
    }

    private static Class<?> outermost(Class<?> test) {
        Class<?> enclosing = test.getEnclosingClass();
        return enclosing == null ? test : outermost(enclosing);
    }

    private static KafkaBackend startedKafka() {
        return inContainers() ? ContainerKafka.started() : EmbeddedKafkaBackend.started();
    }

    private static boolean inContainers() {
        String chosen = System.getenv("LIFELINE_TEST_BACKENDS");
        if (chosen != null && !chosen.isBlank()) {
            return switch (chosen) {
                case "containers" -> true;
                case "embedded" -> false;
                default ->
                    throw new IllegalArgumentException(
                            "LIFELINE_TEST_BACKENDS is '" + chosen + "'; it may be 'containers' or 'embedded'");
            };
        }
        return System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
    }

    private static final class Kafka {
        static final KafkaBackend RUNNING = startedKafka();
    }

    private static final class Postgres {
        static final PostgresBackend RUNNING =
                inContainers() ? ContainerPostgres.started() : EmbeddedPostgresBackend.started();
    }
}
