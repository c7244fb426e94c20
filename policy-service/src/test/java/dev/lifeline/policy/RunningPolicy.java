package dev.lifeline.policy;

import dev.lifeline.testing.Database;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * policy-service, running in this process. On a machine that stalls it does not lose sight of the brake, which would be another
 * verdict than a test is about.
 */
final class RunningPolicy extends Scene {

    private static final String WITHIN = "--lifeline.policy.commands-within=";

    private ConfigurableApplicationContext context;
    private String base;

    RunningPolicy(Database database, String... more) {
        super(database);
        context = start(more);
        base = base(context);
        awaitReady();
    }

    /** Ends it, and starts it with other settings. */
    void restart(String... more) {
        context.close();
        context = start(more);
        base = base(context);
        awaitReady();
    }

    private void awaitReady() {
        // ready to judge: the commands have been read to their end
        eventually()
                .until(() -> "0".equals(database.value("""
                SELECT count(*) FROM projection_offset
                WHERE projection = 'lifeline-policy-commands' AND caught_up_at IS NULL
                """))
                        && !"0".equals(database.value("SELECT count(*) FROM projection_offset")));
    }

    private ConfigurableApplicationContext start(String... more) {
        Stream<String> within =
                Stream.of(more).anyMatch(one -> one.startsWith(WITHIN)) ? Stream.of() : Stream.of(WITHIN + "60s");
        List<String> arguments = Stream.of(arguments().stream(), Stream.of("--server.port=0"), within, Stream.of(more))
                .flatMap(each -> each)
                .toList();
        return new SpringApplicationBuilder(PolicyApplication.class).run(arguments.toArray(String[]::new));
    }

    private static String base(ConfigurableApplicationContext context) {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
    }

    String base() {
        return base;
    }

    Reply propose(UUID user, String action) {
        return post(base, "/api/users/" + user + "/actions", issuer.token(user), action);
    }

    /** Proposes a harmless action; returns the answer. */
    Reply propose(UUID user) {
        return propose(user, action(UUID.randomUUID(), ""));
    }

    Reply admit(UUID user, String decisionId, String executor) {
        return post(
                base,
                "/api/decisions/" + decisionId + "/admission",
                issuer.token(user),
                "{\"executorId\": \"" + executor + "\"}");
    }

    Reply admit(UUID user, String decisionId) {
        return admit(user, decisionId, "agent-1");
    }

    Reply complete(UUID user, String decisionId, String body) {
        return post(base, "/api/decisions/" + decisionId + "/completion", issuer.token(user), body);
    }

    @Override
    public void close() {
        context.close();
        super.close();
    }
}
