package dev.lifeline.poller.adapter.postgres;

import static dev.lifeline.poller.adapter.postgres.Database.interval;

import dev.lifeline.events.ConnectorCommand;
import dev.lifeline.events.ConnectorCommand.DisableConnector;
import dev.lifeline.events.ConnectorCommand.EnableConnector;
import dev.lifeline.events.ConnectorCommand.RemoveConnector;
import dev.lifeline.poller.application.command.CommandedConnectors;
import dev.lifeline.poller.application.polling.UnreadableCredentialException;
import dev.lifeline.poller.domain.connector.Claim;
import dev.lifeline.poller.domain.grant.Credential;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Commands on the table {@code connector}, and which were answered in {@code handled_command}. */
public final class PostgresCommandedConnectors implements CommandedConnectors {

    /** Longer than commands are kept in their topic. */
    private static final Duration MEMORY = Duration.ofDays(60);

    private static final String CLAIM = """
            UPDATE connector c
            SET attempt = c.attempt + 1, lease_holder = :holder,
                next_poll_at = CASE WHEN c.next_poll_at IS NOT NULL THEN now() + :lease::interval END, updated_at = now()
            FROM oauth_grant g
            WHERE c.user_id = :user AND c.name = :name AND c.removed_at IS NULL AND g.grant_id = c.grant_id
            RETURNING %s""".formatted(ClaimRow.COLUMNS);

    private static final String DISABLE = """
            UPDATE connector
            SET disabled = true, next_poll_at = NULL, lease_holder = NULL, updated_at = now()
            WHERE user_id = :user AND name = :name AND attempt = :attempt AND removed_at IS NULL""";

    private static final String ENABLE = """
            UPDATE connector c
            SET disabled = false, consecutive_failures = 0, open_intervals = 0,
                next_poll_at = CASE WHEN g.died_at IS NULL THEN now() END,
                lease_holder = NULL, updated_at = now()
            FROM oauth_grant g
            WHERE c.user_id = :user AND c.name = :name AND c.attempt = :attempt AND c.removed_at IS NULL
              AND g.grant_id = c.grant_id""";

    private static final String REMOVE = """
            UPDATE connector
            SET removed_at = now(), grant_id = NULL, introduced = false, disabled = false, cursor = NULL,
                consecutive_failures = 0, open_intervals = 0, failure_class = NULL, error_code = NULL,
                next_poll_at = NULL, lease_holder = NULL, updated_at = now()
            WHERE user_id = :user AND name = :name AND attempt = :attempt AND removed_at IS NULL""";

    private static final String DROP_GRANT = """
            DELETE FROM oauth_grant g
            WHERE g.grant_id = :grant AND NOT EXISTS (SELECT FROM connector c WHERE c.grant_id = g.grant_id)
            RETURNING g.credential, EXISTS (
                SELECT FROM oauth_grant o
                WHERE o.provider = g.provider AND o.subject = g.subject AND o.grant_id <> g.grant_id) AS shared""";

    private static final String REMEMBER = """
            INSERT INTO handled_command (command_id, user_id) VALUES (:command, :user) ON CONFLICT DO NOTHING""";

    private static final String FORGET = """
            DELETE FROM handled_command WHERE handled_at < now() - :memory::interval""";

    private final Database database;
    private final Credentials credentials;
    private final String instance;

    /** @param instance who holds the leases that are taken here; no two running pollers have the same */
    public PostgresCommandedConnectors(Database database, Credentials credentials, String instance) {
        this.database = database;
        this.credentials = credentials;
        this.instance = instance;
    }

    @Override
    public boolean wasAnswered(UUID commandId) {
        return database.inTransaction(sql -> sql.sql("SELECT count(*) FROM handled_command WHERE command_id = :command")
                        .param("command", commandId)
                        .query(Integer.class)
                        .single())
                == 1;
    }

    @Override
    public Optional<Claim> claim(UUID userId, String connector, Duration lease) {
        return database.inTransaction(sql -> sql.sql(CLAIM)
                .param("holder", instance)
                .param("lease", interval(lease))
                .param("user", userId)
                .param("name", connector)
                .query((row, number) -> ClaimRow.read(row, Duration.ZERO))
                .optional());
    }

    @Override
    public Optional<Effect> save(Claim claim, ConnectorCommand command) {
        return database.inTransaction(sql -> {
            String change = switch (command) {
                case DisableConnector disable -> DISABLE;
                case EnableConnector enable -> ENABLE;
                case RemoveConnector remove -> REMOVE;
            };
            sql.sql(PostgresConnectors.LOCK_GRANT)
                    .param("grant", claim.grantId())
                    .query()
                    .listOfRows();
            int changed = sql.sql(change)
                    .param("user", claim.userId())
                    .param("name", claim.connector())
                    .param("attempt", claim.attempt())
                    .update();
            if (changed == 0) {
                return Optional.<Effect>empty();
            }
            remember(sql, command);
            return Optional.of(new Effect(command instanceof RemoveConnector ? dropGrant(sql, claim) : null));
        });
    }

    @Override
    public void answered(ConnectorCommand command) {
        database.inTransaction(sql -> {
            sql.sql(PostgresConsents.ENSURE_USER)
                    .param("user", command.userId())
                    .update();
            return remember(sql, command);
        });
    }

    private static int remember(JdbcClient sql, ConnectorCommand command) {
        sql.sql(FORGET).param("memory", interval(MEMORY)).update();
        return sql.sql(REMEMBER)
                .param("command", command.commandId())
                .param("user", command.userId())
                .update();
    }

    /** A token to give back to the provider, unless another connector, or another user, lives on the same account's grant. */
    private @Nullable String dropGrant(JdbcClient sql, Claim claim) {
        return sql.sql(DROP_GRANT)
                .param("grant", claim.grantId())
                .query((row, number) -> row.getBoolean("shared")
                        ? Optional.<String>empty()
                        : Optional.ofNullable(token(row.getBytes("credential"), claim)))
                .optional()
                .flatMap(token -> token)
                .orElse(null);
    }

    private @Nullable String token(byte[] sealed, Claim claim) {
        try {
            Credential credential = credentials.read(sealed, claim.grantId(), claim.userId(), claim.provider());
            return credential.refreshToken() == null ? credential.accessToken() : credential.refreshToken();
        } catch (UnreadableCredentialException e) {
            return null;
        }
    }
}
