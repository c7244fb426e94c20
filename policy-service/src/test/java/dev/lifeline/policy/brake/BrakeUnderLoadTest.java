package dev.lifeline.policy.brake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ActionEvent.ActionAdmitted;
import dev.lifeline.events.ActionEvent.ActionRefused;
import dev.lifeline.events.ActorRole;
import dev.lifeline.events.AutonomyCommand.ApproveAction;
import dev.lifeline.events.AutonomyCommand.PauseAutonomy;
import dev.lifeline.events.AutonomyCommand.ResumeAutonomy;
import dev.lifeline.events.AutonomyEvent.AutonomyPaused;
import dev.lifeline.events.Message;
import dev.lifeline.events.Operator;
import dev.lifeline.events.PauseScope;
import dev.lifeline.events.Topics;
import dev.lifeline.policy.Scene;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three instances, eight agents that propose and admit as fast as they can, pauses and resumes by users and the operator at
 * random, approvals in between, and instances killed in the middle of it. Afterwards the history is looked at.
 */
@ExtendWith(Backends.class)
class BrakeUnderLoadTest {

    private static final int AGENTS = 8;
    private static final int PAUSES = 8;
    private static final int KILLS = 2;
    private static final int ADMISSIONS = 40;
    private static final Duration LONGEST = Duration.ofMinutes(4);

    private final Set<UUID> decided = ConcurrentHashMap.newKeySet();
    private final Set<UUID> admitted = ConcurrentHashMap.newKeySet();
    private final Queue<ApproveAction> waiting = new ConcurrentLinkedQueue<>();
    private final Map<UUID, String> tokens = new ConcurrentHashMap<>();
    private final Semaphore over = new Semaphore(0);
    private final AtomicInteger pauses = new AtomicInteger();
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicInteger approved = new AtomicInteger();

    @Test
    void the_brake_holds(Database database) throws Exception {
        Path logs = Files.createDirectories(Path.of("target", "brake"));
        try (Scene scene = new Scene(database)) {
            List<String> arguments = Stream.concat(
                            scene.arguments().stream(),
                            Stream.of("--spring.kafka.consumer.properties.session.timeout.ms=6000"))
                    .toList();
            List<Instance> instances = IntStream.range(0, 3)
                    .mapToObj(n -> new Instance(arguments, logs.resolve("instance-" + n + ".log")))
                    .toList();
            try {
                List<UUID> users = IntStream.range(0, 4)
                        .mapToObj(n -> scene.trustingUser())
                        .toList();
                users.forEach(user -> tokens.put(user, scene.issuer.token(user)));
                awaitAllServe(scene, instances, users.getFirst());
                load(scene, instances, users);
                settle(scene);
                History history = new History(published(scene, users), decided, admitted);
                Files.writeString(logs.resolve("summary.txt"), summary(history));
                assertThat(history.violations()).isEmpty();
                assertThat(kills).hasValueGreaterThanOrEqualTo(KILLS);
                assertThat(history.events().stream().filter(ActionAdmitted.class::isInstance))
                        .hasSizeGreaterThanOrEqualTo(ADMISSIONS)
                        .as("with nobody's yes, and with a person's")
                        .anyMatch(admission -> ((ActionAdmitted) admission).approvalId() == null)
                        .anyMatch(admission -> ((ActionAdmitted) admission).approvalId() != null);
                assertThat(history.events().stream().filter(ActionRefused.class::isInstance))
                        .isNotEmpty();
                assertThat(history.events().stream().filter(AutonomyPaused.class::isInstance))
                        .hasSizeGreaterThanOrEqualTo(PAUSES)
                        .as("by the operator, and by users")
                        .anyMatch(pause -> pause.userId().equals(Operator.ID))
                        .anyMatch(pause -> !pause.userId().equals(Operator.ID));
            } finally {
                instances.forEach(Instance::end);
            }
        }
    }

    private String summary(History history) {
        return "decided %d, admitted %d, refused %d, paused %d%n"
                .formatted(
                        decided.size(),
                        admitted.size(),
                        history.events().stream()
                                .filter(ActionRefused.class::isInstance)
                                .count(),
                        history.events().stream()
                                .filter(AutonomyPaused.class::isInstance)
                                .count());
    }

    private static void awaitAllServe(Scene scene, List<Instance> instances, UUID user) {
        String token = scene.issuer.token(user);
        for (Instance instance : instances) {
            Scene.eventually()
                    .atMost(Duration.ofSeconds(120))
                    .until(() -> scene.post(
                                    instance.base(),
                                    "/api/users/" + user + "/actions",
                                    token,
                                    Scene.action(UUID.randomUUID(), ""))
                            .text("verdict")
                            .equals("auto_execute"));
        }
    }

    private void load(Scene scene, List<Instance> instances, List<UUID> users) throws Exception {
        Instant until = Instant.now().plus(LONGEST);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int agent = 0; agent < AGENTS; agent++) {
                Random random = new Random(agent);
                String executor = "agent-" + agent;
                running.add(threads.submit(() -> act(scene, instances, users, random, executor, until)));
            }
            running.add(threads.submit(() -> brake(scene, users, new Random(99), until)));
            running.add(threads.submit(() -> kill(scene, instances, users.getFirst(), until)));
            for (Future<?> each : running) {
                each.get();
            }
        }
    }

    private void act(
            Scene scene, List<Instance> instances, List<UUID> users, Random random, String executor, Instant until) {
        Map<UUID, UUID> approving = new HashMap<>(); // the users by the decisions that they have said yes to
        while (goesOn(until)) {
            approving
                    .entrySet()
                    .removeIf(asked -> random.nextInt(3) == 0
                            && admits(scene, instances, random, executor, asked.getValue(), asked.getKey())
                            && approved.incrementAndGet() > 0);
            UUID user = users.get(random.nextInt(users.size()));
            String token = String.valueOf(tokens.get(user));
            Scene.Reply decision = scene.post(
                    any(instances, random),
                    "/api/users/" + user + "/actions",
                    token,
                    Scene.action(UUID.randomUUID(), ""));
            if (decision.status() != 200) {
                continue;
            }
            UUID id = UUID.fromString(decision.text("decisionId"));
            decided.add(id);
            if (!decision.text("approvalId").isEmpty() && random.nextInt(3) == 0) {
                approving.put(id, user);
                waiting.add(new ApproveAction(
                        user,
                        UUID.randomUUID(),
                        user,
                        ActorRole.USER,
                        UUID.fromString(decision.text("approvalId")),
                        null,
                        null));
            }
            for (int again = 0; again < 3; again++) {
                if (admits(scene, instances, random, executor, user, id)) {
                    break;
                }
            }
        }
    }

    /** Asks whether it may be done now, and completes what may. */
    private boolean admits(
            Scene scene, List<Instance> instances, Random random, String executor, UUID user, UUID decision) {
        String token = String.valueOf(tokens.get(user));
        Scene.Reply admission = scene.post(
                any(instances, random),
                "/api/decisions/" + decision + "/admission",
                token,
                "{\"executorId\": \"" + executor + "\"}");
        if (admission.status() != 200) {
            return false;
        }
        admitted.add(decision);
        scene.post(
                any(instances, random),
                "/api/decisions/" + decision + "/completion",
                token,
                "{\"outcome\": \"succeeded\"}");
        return true;
    }

    /** Pauses, and resumes a moment later; now and then late, naming a pause that is over. */
    private void brake(Scene scene, List<UUID> users, Random random, Instant until) {
        long before = 0;
        while (goesOn(until) && !rest(100 + random.nextInt(200))) {
            UUID whose = random.nextInt(3) == 0 ? Operator.ID : users.get(random.nextInt(users.size()));
            UUID actor = whose.equals(Operator.ID) ? Scene.OPS : whose;
            ActorRole role = whose.equals(Operator.ID) ? ActorRole.OPERATOR : ActorRole.USER;
            Message answer = scene.command(
                    new PauseAutonomy(whose, UUID.randomUUID(), actor, role, PauseScope.EVERYTHING, "stop"));
            pauses.incrementAndGet();
            if (answer instanceof AutonomyPaused paused && !rest(random.nextInt(100))) {
                scene.publish(new ResumeAutonomy(whose, UUID.randomUUID(), actor, role, PauseScope.EVERYTHING, before));
                scene.publish(new ResumeAutonomy(
                        whose, UUID.randomUUID(), actor, role, PauseScope.EVERYTHING, paused.version()));
                before = paused.version();
            }
            for (ApproveAction yes = waiting.poll(); yes != null; yes = waiting.poll()) {
                scene.publish(yes);
            }
        }
    }

    /** One after the other: the next is killed once the one before serves again, so that there is always one that serves. */
    private void kill(Scene scene, List<Instance> instances, UUID user, Instant until) {
        String actions = "/api/users/" + user + "/actions";
        String token = String.valueOf(tokens.get(user));
        for (int n = 0; goesOn(until) && !rest(5_000); n++) {
            Instance killed = instances.get(n % instances.size());
            killed.killAndStartAnew();
            kills.incrementAndGet();
            // what is no action is refused by whoever serves
            boolean serves;
            do {
                serves = scene.post(killed.base(), actions, token, "{}").status() == 400;
            } while (!serves && goesOn(until) && !rest(200));
        }
    }

    /** Waits until everything that was written has been told. */
    private static void settle(Scene scene) {
        Scene.eventually()
                .atMost(Duration.ofSeconds(120))
                .until(() -> "0".equals(scene.database.value("SELECT count(*) FROM outbox")));
    }

    private static List<Message> published(Scene scene, List<UUID> users) {
        return Stream.concat(scene.read(Topics.AUTONOMY_EVENTS).stream(), scene.read(Topics.ACTION_EVENTS).stream())
                .filter(message ->
                        users.contains(message.userId()) || message.userId().equals(Operator.ID))
                .toList();
    }

    /** Until enough has happened, however long that takes on this machine. */
    private boolean goesOn(Instant until) {
        boolean enough =
                pauses.get() >= PAUSES && kills.get() >= KILLS && admitted.size() >= ADMISSIONS && approved.get() > 0;
        return !enough && Instant.now().isBefore(until);
    }

    private boolean rest(long millis) {
        try {
            return over.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static String any(List<Instance> instances, Random random) {
        return instances.get(random.nextInt(instances.size())).base();
    }
}
