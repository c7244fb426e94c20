package dev.lifeline.query.adapter.postgres;

import dev.lifeline.query.QueryProperties;
import dev.lifeline.query.adapter.security.Box;
import dev.lifeline.query.application.AutonomyModel;
import dev.lifeline.query.application.IssuedCommands;
import dev.lifeline.query.application.ReadModel;
import dev.lifeline.query.application.Readings;
import dev.lifeline.query.application.Sessions;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.security.SecureRandom;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

@Configuration(proxyBeanMethods = false)
class PostgresConfiguration {

    @Bean
    Database database(DatabaseClient client, QueryProperties properties) {
        return new Database(client, properties.query().databasePatience());
    }

    /** A statement ends when nobody waits for it any more: whoever has given up asks again, and would wait behind himself. */
    @Bean
    ConnectionFactoryOptionsBuilderCustomizer statementTimeout(QueryProperties properties) {
        Duration patience = properties.query().databasePatience();
        return options -> options.option(ConnectionFactoryOptions.STATEMENT_TIMEOUT, patience);
    }

    @Bean
    Freshness freshness(Database database) {
        return new Freshness(database);
    }

    @Bean
    PostgresPauses pauses(Database database, Freshness freshness) {
        return new PostgresPauses(database, freshness);
    }

    @Bean
    AutonomyModel autonomyModel(Database database, Freshness freshness, PostgresPauses pauses) {
        return new PostgresAutonomy(database, freshness, pauses);
    }

    @Bean
    ReadModel readModel(Database database, Freshness freshness, PostgresPauses pauses) {
        return new PostgresReadModel(database, freshness, pauses);
    }

    @Bean
    IssuedCommands issuedCommands(Database database) {
        return new PostgresIssuedCommands(database);
    }

    @Bean
    Readings readings(Database database) {
        return new PostgresReadings(database);
    }

    @Bean
    Sessions sessions(Database database, QueryProperties properties, SecureRandom random) {
        Box box = new Box(properties.ticketKeyBytes(), "lifeline ID tokens");
        QueryProperties.SessionLife life = properties.query().session();
        return new PostgresSessions(
                database,
                new PostgresSessions.Seal(box::close, closed -> box.open(closed).orElse("")),
                random,
                life.idle(),
                life.longest());
    }

    @Bean
    Housekeeping housekeeping(Database database, QueryProperties properties) {
        return new Housekeeping(database, properties.query().session().idle());
    }

    /** Listens on a connection of its own: one that is lent would be given back. */
    @Bean
    PostgresSignals signals(R2dbcConnectionDetails details, QueryProperties properties) {
        Duration patience = properties.query().databasePatience();
        ConnectionFactoryOptions options = details.getConnectionFactoryOptions()
                .mutate()
                .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, patience)
                .build();
        return new PostgresSignals(ConnectionFactories.get(options), patience);
    }

    @Bean
    ReactiveHealthIndicator listenHealthIndicator(PostgresSignals signals) {
        return () -> Mono.fromSupplier(() -> (signals.watching() ? Health.up() : Health.down()).build());
    }
}
