package dev.lifeline.projector;

import dev.lifeline.testing.Database;
import java.util.List;
import org.flywaydb.core.Flyway;

/** The read model's schema in a test's database, as the service itself would make it. */
public final class ReadModelSchema {

    /** Those that are folds of the log. */
    public static final List<String> TABLES = List.of(
            "approval",
            "autonomy_state",
            "command",
            "connector_health",
            "decision",
            "erased_user",
            "operator_pause",
            "policy",
            "timeline",
            "unreadable_command",
            "users");

    private ReadModelSchema() {}

    /** Migrates; returns the database as the projector's role reaches it. */
    public static Database in(Database database) {
        database.owner("lifeline_query", "web");
        Database owner = database.owner("lifeline_projector", "read_model");
        Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.user(), owner.password())
                .locations("classpath:db/read_model")
                .defaultSchema("read_model")
                .placeholders(java.util.Map.of("reader", "lifeline_query"))
                .load()
                .migrate();
        return owner;
    }
}
