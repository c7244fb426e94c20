package dev.lifeline.policy;

import dev.lifeline.testing.Database;
import org.flywaydb.core.Flyway;

/** The tables of policy-service, made by its own migrations. */
public final class PolicySchema {

    private PolicySchema() {}

    /** Makes them; returns the database as their owner reaches it. */
    public static Database in(Database database) {
        Database owner = database.owner("lifeline_policy", "policy");
        Flyway.configure()
                .dataSource(owner.jdbcUrl(), owner.user(), owner.password())
                .locations("classpath:db/policy")
                .defaultSchema("policy")
                .load()
                .migrate();
        return owner;
    }
}
