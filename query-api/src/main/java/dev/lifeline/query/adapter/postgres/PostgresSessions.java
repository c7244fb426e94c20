package dev.lifeline.query.adapter.postgres;

import static dev.lifeline.query.adapter.postgres.Columns.required;

import dev.lifeline.query.application.Person;
import dev.lifeline.query.application.Session;
import dev.lifeline.query.application.Sessions;
import io.r2dbc.spi.Readable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** The table {@code web.session}. All its times are the database's. */
final class PostgresSessions implements Sessions {

    private static final int SECRET_BYTES = 32;

    private static final String OPEN = """
            WITH known AS (INSERT INTO web.users (user_id) VALUES ($2) ON CONFLICT DO NOTHING)
            INSERT INTO web.session (name, user_id, person_name, roles, id_token, expires_at)
            VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
            """;

    private static final String ALIVE = "expires_at > now() AND last_used_at > now() - make_interval(secs => $2)";

    /** Use is written down at most once a minute. */
    private static final String FIND = """
            WITH used AS (
                UPDATE web.session SET last_used_at = now()
                WHERE name = $1 AND %1$s AND last_used_at < now() - interval '1 minute'
            )
            SELECT name, user_id, person_name, roles, expires_at FROM web.session WHERE name = $1 AND %1$s
            """.formatted(ALIVE);

    private static final String LIVING = "SELECT name FROM web.session WHERE name = ANY($1) AND " + ALIVE;

    private static final String END = """
            WITH ended AS (DELETE FROM web.session WHERE name = $1 RETURNING name, id_token)
            SELECT id_token, pg_notify('%s', name)::text FROM ended
            """.formatted(PostgresSignals.SESSION_ENDED);

    private final Database database;
    private final Seal seal;
    private final SecureRandom random;
    private final Duration idle;
    private final Duration longest;

    /** How ID tokens are kept. */
    record Seal(UnaryOperator<String> close, UnaryOperator<String> open) {}

    /**
     * @param idle after how long without use a session expires
     * @param longest after how long it expires, however much it is used
     */
    PostgresSessions(Database database, Seal seal, SecureRandom random, Duration idle, Duration longest) {
        this.database = database;
        this.seal = seal;
        this.random = random;
        this.idle = idle;
        this.longest = longest;
    }

    @Override
    public Mono<String> open(Person person, String idToken) {
        String secret = newSecret();
        return database.guard(database.sql(OPEN)
                .bind(0, name(secret))
                .bind(1, person.userId())
                .bind(2, person.name())
                .bind(3, person.roles().toArray(String[]::new))
                .bind(4, seal.close().apply(idToken))
                .bind(5, (double) longest.toSeconds())
                .then()
                .thenReturn(secret));
    }

    @Override
    public Mono<Session> find(String secret) {
        return database.guard(database.sql(FIND)
                .bind(0, name(secret))
                .bind(1, (double) idle.toSeconds())
                .map(PostgresSessions::session)
                .one());
    }

    @Override
    public Mono<String> end(String secret) {
        return database.guard(database.sql(END)
                .bind(0, name(secret))
                .map(row -> required(row, "id_token", String.class))
                .one()
                .map(seal.open()));
    }

    @Override
    public Mono<Set<String>> living(Collection<String> names) {
        return database.guard(database.sql(LIVING)
                .bind(0, names.toArray(String[]::new))
                .bind(1, (double) idle.toSeconds())
                .map(row -> required(row, "name", String.class))
                .all()
                .collect(Collectors.toSet()));
    }

    private static Session session(Readable row) {
        Person person = new Person(
                required(row, "user_id", UUID.class),
                required(row, "person_name", String.class),
                Set.of(required(row, "roles", String[].class)));
        return new Session(required(row, "name", String.class), person, required(row, "expires_at", Instant.class));
    }

    private String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** A secret of 256 random bits needs no salt. */
    private static String name(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
