package dev.lifeline.standalone.assistant;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Assists whoever has it switched on at the sandbox provider's account page: asks once a second who that is, and goes once
 * through the inbox of each. What goes wrong is tried again the next time.
 */
public final class DemoAssistant implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DemoAssistant.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final URI lifeline;
    private final URI sandbox;
    private final Map<String, String> userIds;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Exchange control;
    private final Map<String, Assisting> desks = new HashMap<>();
    private final Set<String> failing = new HashSet<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("demo-assistant").factory());

    /** @param userIds Lifeline's ids of the sandbox provider's accounts, by name */
    public DemoAssistant(URI lifeline, URI sandbox, Map<String, String> userIds, Clock clock) {
        this.lifeline = lifeline;
        this.sandbox = sandbox;
        this.userIds = Map.copyOf(userIds);
        this.clock = clock;
        this.control = new Exchange(http, sandbox, "");
    }

    @SuppressWarnings("FutureReturnValueIgnored") // rounds go on until it is closed
    public void start() {
        thread.scheduleWithFixedDelay(this::round, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void round() {
        attempt("the switches", () -> {
            Set<String> on = control.get("/control/assistants")
                    .required("on")
                    .valueStream()
                    .map(JsonNode::asString)
                    .filter(userIds::containsKey)
                    .collect(Collectors.toSet());
            desks.keySet().retainAll(on);
            on.forEach(name -> attempt(name, () -> assist(name)));
        });
    }

    private void assist(String name) {
        try {
            desks.computeIfAbsent(name, this::desk).round(clock.instant());
        } catch (NoAnswerException e) {
            if (e.tokenRefused()) {
                desks.remove(name); // the next round takes new ones
            }
            throw e;
        }
    }

    /** Whatever fails is tried again, and said once. */
    private void attempt(String what, Runnable work) {
        try {
            work.run();
            failing.remove(what);
        } catch (NoAnswerException e) {
            if (failing.add(what) && !thread.isShutdown()) {
                log.info("the demo assistant waits for {}: {}", what, e.getMessage());
            }
        } catch (RuntimeException e) {
            log.error("the demo assistant failed over {}, and goes on", what, e);
        }
    }

    private Assisting desk(String name) {
        String user = "/control/users/" + name;
        String forMail = control.post(user + "/assistant/token", Map.of())
                .required("token")
                .asString();
        String forLifeline = control.post(user + "/token", Map.of("scope", "agent"))
                .required("token")
                .asString();
        return new Assisting(
                name,
                new SandboxMail(new Exchange(http, sandbox, forMail)),
                new HttpDecisions(String.valueOf(userIds.get(name)), new Exchange(http, lifeline, forLifeline)));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        http.shutdownNow();
    }
}
