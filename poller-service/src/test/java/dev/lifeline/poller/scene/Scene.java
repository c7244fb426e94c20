package dev.lifeline.poller.scene;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.poller.adapter.postgres.Credentials;
import dev.lifeline.poller.adapter.postgres.Database;
import dev.lifeline.poller.adapter.postgres.PostgresAuthorizations;
import dev.lifeline.poller.adapter.postgres.PostgresCommandedConnectors;
import dev.lifeline.poller.adapter.postgres.PostgresConnectors;
import dev.lifeline.poller.adapter.postgres.PostgresConsents;
import dev.lifeline.poller.adapter.postgres.PostgresGrants;
import dev.lifeline.poller.adapter.tink.TinkVault;
import dev.lifeline.poller.application.Accounts.Identified.Account;
import dev.lifeline.poller.application.Catalogue;
import dev.lifeline.poller.application.ConnectorKind;
import dev.lifeline.poller.application.Deadline;
import dev.lifeline.poller.application.Revocation;
import dev.lifeline.poller.application.command.CarryOutCommand;
import dev.lifeline.poller.application.command.CommandedConnectors;
import dev.lifeline.poller.application.consent.Authorizations;
import dev.lifeline.poller.application.consent.BeginConsent;
import dev.lifeline.poller.application.consent.CompleteConsent;
import dev.lifeline.poller.application.consent.Consent;
import dev.lifeline.poller.application.consent.Consents;
import dev.lifeline.poller.application.consent.Tickets;
import dev.lifeline.poller.application.polling.Connectors;
import dev.lifeline.poller.application.polling.Pacing;
import dev.lifeline.poller.application.polling.PollConnector;
import dev.lifeline.poller.application.polling.RefreshCredential;
import dev.lifeline.poller.application.polling.Scheduler;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.grant.Credential;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** The poller's schema in a real database, and pollers on it, with a provider and a log that do as they are told. */
public final class Scene implements AutoCloseable {

    public static final UUID ALICE = UUID.fromString("11111111-1111-4111-8111-111111111111");
    public static final UUID BOB = UUID.fromString("22222222-2222-4222-8222-222222222222");
    public static final String GMAIL = "gmail";
    public static final String CALENDAR = "google-calendar";
    public static final Account ALICES = new Account("subject-alice", "alice@example.org");

    /** How many connectors of a kind a scheduler polls at a time. */
    public static final int SLOTS = 8;

    public final FakeProvider provider = new FakeProvider();
    public final RecordingLog log = new RecordingLog();
    public final Clock clock = Clock.systemUTC();
    public final Catalogue catalogue;
    public final dev.lifeline.testing.Database owner;
    private final HikariDataSource dataSource;
    private final Database database;
    private final TinkVault vault;
    private final Credentials credentials;
    private Pacing pacing = pacing(Duration.ofSeconds(5));

    private Scene(dev.lifeline.testing.Database owner, HikariDataSource dataSource, TinkVault vault) {
        this.owner = owner;
        this.dataSource = dataSource;
        this.database = new Database(dataSource);
        this.vault = vault;
        this.credentials = new Credentials(vault);
        this.catalogue = new Catalogue(
                List.of(
                        new ConnectorKind(GMAIL, FakeProvider.ID, GMAIL, Set.of("mail")),
                        new ConnectorKind(CALENDAR, FakeProvider.ID, CALENDAR, Set.of("calendar"))),
                Map.of(FakeProvider.ID, provider.provider(GMAIL, CALENDAR)));
    }

    /** Migrates that database as the poller's own role. */
    public static Scene in(dev.lifeline.testing.Database superuser) throws GeneralSecurityException {
        return in(
                superuser,
                new TinkVault(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, AeadConfig2026.get())));
    }

    /** The same, with those keys. */
    public static Scene in(dev.lifeline.testing.Database superuser, TinkVault vault) {
        dev.lifeline.testing.Database owner = superuser.owner("lifeline_poller", "poller");
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(owner.dataSource());
        pool.setMaximumPoolSize(10);
        HikariDataSource dataSource = new HikariDataSource(pool);
        Flyway.configure()
                .dataSource(dataSource)
                .defaultSchema("poller")
                .locations("classpath:db/poller")
                .load()
                .migrate();
        return new Scene(owner, dataSource, vault);
    }

    public static Pacing pacing(Duration pollInterval) {
        return new Pacing(
                pollInterval,
                Duration.ofSeconds(30),
                Duration.ofSeconds(8),
                Duration.ofSeconds(8),
                Duration.ofMinutes(1));
    }

    /** Pollers that are made from now on poll that often. */
    public void every(Duration pollInterval) {
        pacing = pacing(pollInterval);
    }

    /** Leaves nobody and nothing. */
    public void empty() {
        owner.execute("TRUNCATE users CASCADE", "TRUNCATE used_ticket");
        provider.identifies(ALICES);
        log.clear();
        log.back();
        provider.behave();
    }

    public Consents consents() {
        return new PostgresConsents(database, credentials, UUID::randomUUID);
    }

    public Authorizations authorizations() {
        return new PostgresAuthorizations(database, vault);
    }

    /** What sends people to the provider; every ticket's signature is good. */
    public BeginConsent begin(Tickets tickets) {
        return new BeginConsent(
                catalogue,
                tickets,
                authorizations(),
                consents(),
                () -> UUID.randomUUID().toString(),
                this::callback);
    }

    /** What takes people back. */
    public CompleteConsent complete() {
        return new CompleteConsent(
                catalogue,
                authorizations(),
                consents(),
                new Revocation(catalogue, Duration.ofSeconds(1), Runnable::run),
                pacing,
                this::callback,
                () -> {},
                new QuietTelemetry(),
                clock);
    }

    private URI callback(String providerId) {
        return URI.create("https://lifeline.example/oauth/" + providerId + "/callback");
    }

    public PostgresConnectors connectors(String instance) {
        return new PostgresConnectors(database, instance);
    }

    public PostgresGrants grants() {
        return grants("someone");
    }

    public PostgresGrants grants(String instance) {
        return new PostgresGrants(database, credentials, UUID::randomUUID, instance);
    }

    public RefreshCredential refreshing() {
        return new RefreshCredential(grants(), pacing, new QuietTelemetry(), clock);
    }

    public PollConnector polling(Connectors connectors) {
        return new PollConnector(
                connectors, grants(), refreshing(), catalogue, log, pacing, () -> 0, new QuietTelemetry());
    }

    public Scheduler scheduler(String instance) {
        return scheduler(connectors(instance));
    }

    public Scheduler scheduler(Connectors connectors) {
        return new Scheduler(catalogue, SLOTS, connectors, polling(connectors), log, pacing);
    }

    public CarryOutCommand commands() {
        return commands(commanded());
    }

    public CommandedConnectors commanded() {
        return new PostgresCommandedConnectors(database, credentials, "commands");
    }

    public CarryOutCommand commands(CommandedConnectors commanded) {
        return new CarryOutCommand(
                commanded,
                connectors("commands"),
                log,
                new Revocation(catalogue, Duration.ofSeconds(1), Runnable::run),
                pacing.lease(),
                () -> {});
    }

    /** The user consents, for an account of that subject, to all scopes. */
    public Consents.Saved consent(UUID user, Account account, String... connectors) {
        return consent(user, account, Set.of("mail", "calendar"), connectors);
    }

    public Consents.Saved consent(UUID user, Account account, Set<String> scopes, String... connectors) {
        Credential credential =
                Credential.of(provider.tokens("refresh-" + account.subject()), pacing.refreshMargin(), clock.instant());
        return consents().save(new Consent(user, FakeProvider.ID, Set.of(connectors), account, scopes, credential));
    }

    /** Alice's gmail and calendar, connected and announced. */
    public void connectAlice() {
        consent(ALICE, ALICES, GMAIL, CALENDAR);
        poll(GMAIL);
        poll(CALENDAR);
        log.clear();
        makeDue();
    }

    /** One attempt, by a poller of its own, at the connector of that kind that is due. */
    public void poll(String connector) {
        PostgresConnectors connectors = connectors("someone");
        polling(connectors).attempt(claim(connector), lease());
    }

    /** The claim of the one connector of that kind that is due. */
    public Claim claim(String connector) {
        return connectors("someone").claimDue(connector, 1, pacing.lease()).getFirst();
    }

    /** A lease that begins now. */
    public Deadline lease() {
        return Deadline.in(pacing.lease());
    }

    /** How long until the one connector of that kind is due. */
    public Duration untilNext(String connector) {
        return connectors("someone").untilNextDue(connector).orElseThrow();
    }

    public boolean isDue(String connector) {
        return connectors("someone")
                .untilNextDue(connector)
                .filter(Duration::isZero)
                .isPresent();
    }

    /** Whatever is scheduled is due now, and no lease holds it. */
    public void makeDue() {
        owner.execute("UPDATE connector SET next_poll_at = now() WHERE next_poll_at IS NOT NULL");
    }

    public String value(String query) {
        return String.valueOf(owner.value(query));
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
