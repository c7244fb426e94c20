package dev.lifeline.standalone;

import dev.lifeline.embedded.EmbeddedStartException;
import dev.lifeline.poller.application.consent.AdoptGrant;
import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.account.Accounts;
import dev.lifeline.standalone.assistant.DemoAssistant;
import dev.lifeline.standalone.home.Announcement;
import dev.lifeline.standalone.home.Home;
import dev.lifeline.standalone.home.People;
import dev.lifeline.standalone.home.Secrets;
import dev.lifeline.standalone.service.Service;
import dev.lifeline.standalone.service.ServiceContext;
import dev.lifeline.standalone.service.Services;
import dev.lifeline.standalone.service.SharedPort;
import dev.lifeline.standalone.settings.Mode;
import dev.lifeline.standalone.settings.Settings;
import dev.lifeline.standalone.store.KafkaNode;
import dev.lifeline.standalone.store.PostgresNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * {@code up}: everything on this machine, in this process but for PostgreSQL.
 *
 * <p>What can keep it from starting is looked at before anything is started. Whatever fails later, or when the process is
 * told to end, all that was started is stopped again, newest first.
 */
final class UpCommand {

    private static final Duration PATIENCE_AT_EXIT = Duration.ofSeconds(20);

    /** Then it is of no use to keep people from the page, which says what is not known. */
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    /** Says that the demo users' grants have been given once; a user who took one back keeps it so. */
    private static final String SEEDED = "demo-grants-given";

    private final Settings settings;
    private final Progress progress;
    private final Cleanup cleanup;

    private UpCommand(Settings settings, Progress progress, Cleanup cleanup) {
        this.settings = settings;
        this.progress = progress;
        this.cleanup = cleanup;
    }

    /**
     * Starts everything and serves until the process is told to end; does not return before.
     *
     * @param start {@link System#nanoTime()} when the process began
     * @throws CannotStartException when something is in the way; nothing is left running
     */
    static void run(Map<String, String> environment, long start) {
        Settings settings = Settings.from(environment);
        // The log belongs to whoever has the home: one that is refused writes nothing into it.
        Home home = Home.take(settings.home());
        logInto(Home.logs(settings.home()));
        Cleanup cleanup = new Cleanup();
        CountDownLatch settled = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cleanup, settled), "stop"));
        try {
            UpCommand up = new UpCommand(settings, new Progress(System.out, start), cleanup);
            StopSignals.note();
            up.start(home);
            settled.countDown();
            up.speedUpNextStart();
            Thread.currentThread().join();
        } catch (EmbeddedStartException e) {
            throw failed(cleanup, new CannotStartException(String.valueOf(e.getMessage()), e));
        } catch (IOException e) {
            throw failed(cleanup, new CannotStartException(settings.home() + " can not be used: " + e.getMessage(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(cleanup, new CannotStartException("interrupted", e));
        } catch (RuntimeException e) {
            throw failed(cleanup, e);
        } finally {
            settled.countDown();
        }
    }

    /** Where the script has said that it wants an archive of classes, and where the JVM notes them for it. */
    private void speedUpNextStart() {
        String noted = System.getProperty("lifeline.classes.noted");
        String archive = System.getProperty("lifeline.classes.archive");
        if (noted != null && archive != null) {
            ClassArchive.begin(Path.of(noted), Path.of(archive)).ifPresent(cleanup::add);
        }
    }

    /** One log for all services, so each one's own ideas of logging are left out. Comes before the first logger. */
    private static void logInto(Path directory) {
        System.setProperty("lifeline.logs", directory.toString());
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    private static RuntimeException failed(Cleanup cleanup, RuntimeException why) {
        cleanup.close();
        return why;
    }

    private void start(Home home) throws IOException, InterruptedException {
        cleanup.add(home);
        People people = new People(home, settings.mode() instanceof Mode.Real real ? real.issuer() : null);
        people.require();
        Secrets secrets = Secrets.of(home);
        PostgresNode postgres = PostgresNode.of(home, secrets, settings.postgresPort());
        settings.requireFreePorts();
        KafkaNode kafka = KafkaNode.of(home, secrets, settings.kafkaPort());
        ServiceList list = new ServiceList(settings, home, secrets, kafka, postgres);
        secrets.keep();
        people.note();
        SharedPort port = cleanup.add(SharedPort.at(settings.address(), settings.port()));
        home.announce(announcement());
        KafkaNode.beforeItEndsTheProcess(() -> endWithoutKafka(home, postgres));

        progress.say("starting Kafka and PostgreSQL");
        List<Callable<Void>> first = new ArrayList<>();
        first.add(step("Kafka is ready", () -> cleanup.add(kafka).start()));
        first.add(step("PostgreSQL is ready", () -> cleanup.add(postgres).start()));
        list.provider()
                .ifPresent(provider -> first.add(step(
                        "the sandbox provider is ready",
                        () -> cleanup.add(ServiceContext.start(provider, port, none -> {})))));
        Parallel.run(first);

        Services services = cleanup.add(new Services(list.services(), port));
        progress.say("starting the services");
        Parallel.run(list.services().stream()
                .map(service -> starting(service, services))
                .toList());
        if (settings.mode() instanceof Mode.Sandbox && !home.isMarked(SEEDED)) {
            progress.say("connecting alice's mail and calendar");
            DemoGrant.give(
                    settings.sandboxUrl(), services.named(ServiceList.POLLER).bean(AdoptGrant.class));
            home.mark(SEEDED);
        }
        if (settings.mode() instanceof Mode.Sandbox) {
            cleanup.add(assistant()).start();
        }
        greet();
    }

    /** Kafka is not closed: the thread that ends the process holds what that would wait for. */
    private static void endWithoutKafka(Home home, PostgresNode postgres) {
        String why = "Kafka can not go on with " + home.kafka() + " (is the disk full?)";
        System.err.println("lifeline: " + why + "; the log in " + Home.logs(home.directory()) + " has more");
        LoggerFactory.getLogger(UpCommand.class).info("Lifeline ends: {}", why);
        postgres.close();
    }

    /** Off for everybody who has not switched it on. */
    private DemoAssistant assistant() {
        Map<String, String> userIds = Accounts.all().stream()
                .collect(Collectors.toMap(
                        Account::name, account -> account.subject().toString()));
        return new DemoAssistant(settings.localUrl(), settings.sandboxUrl(), userIds, Clock.systemUTC());
    }

    private Announcement announcement() {
        return new Announcement(
                ProcessHandle.current().pid(),
                settings.publicUrl(),
                settings.mode() instanceof Mode.Sandbox ? settings.sandboxUrl() : null);
    }

    private Callable<Void> step(String done, Step work) {
        return () -> {
            work.take();
            progress.say(done);
            return null;
        };
    }

    /** Ready before it is said to be: the first requests of a page would pay for the first of everything. */
    private Callable<Void> starting(Service service, Services services) {
        return () -> {
            boolean ready = services.start(service).awaitReadiness(READY_WITHIN, cleanup::isClosing);
            progress.say(service + (ready ? " is ready" : " has started, and is not ready yet"));
            return null;
        };
    }

    private void greet() {
        new Greeting(settings, progress.seconds()).print(System.out);
        LoggerFactory.getLogger(UpCommand.class)
                .info(
                        "Lifeline started at {} in {} s (process {})",
                        settings.publicUrl(),
                        "%.1f".formatted(progress.seconds()),
                        ProcessHandle.current().pid());
    }

    private static void stop(Cleanup cleanup, CountDownLatch settled) {
        Thread limit = new Thread(UpCommand::haltLater, "stop limit");
        limit.setDaemon(true);
        limit.start();
        cleanup.refuse();
        try {
            settled.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cleanup.close();
        LoggerFactory.getLogger(UpCommand.class).info("Lifeline has stopped");
    }

    private static void haltLater() {
        try {
            TimeUnit.SECONDS.sleep(PATIENCE_AT_EXIT.toSeconds());
            Runtime.getRuntime().halt(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Step {
        void take() throws Exception;
    }
}
