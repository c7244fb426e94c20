package dev.lifeline.policy;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.Operator;
import dev.lifeline.events.Topics;
import dev.lifeline.policy.adapter.http.HttpConfiguration;
import dev.lifeline.policy.adapter.kafka.AutonomyCommandFold;
import dev.lifeline.policy.adapter.kafka.ConnectorHealthFold;
import dev.lifeline.policy.adapter.postgres.PostgresLedgers;
import dev.lifeline.policy.application.Admit;
import dev.lifeline.policy.application.CarryOut;
import dev.lifeline.policy.application.Complete;
import dev.lifeline.policy.application.Expire;
import dev.lifeline.policy.application.Judge;
import dev.lifeline.policy.application.ObserveLever;
import dev.lifeline.policy.application.Propose;
import dev.lifeline.policy.application.Upkeep;
import dev.lifeline.policy.domain.Lever;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.ServiceOutbox;
import dev.lifeline.runtime.Statements;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts together. The event runtime finds the folds and runs them. */
@Configuration(proxyBeanMethods = false)
class PolicyConfiguration {

    /** Connections that no request takes: commands and the heartbeat must come through whatever agents ask. */
    private static final int KEPT_FOR_THE_BRAKE = 6;

    private static final Supplier<UUID> IDS = UUID::randomUUID;

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ServiceOutbox serviceOutbox(EventRuntime runtime, DataSource database) {
        return runtime.outbox("lifeline-policy", database);
    }

    @Bean
    PostgresLedgers ledgers(HikariDataSource database, ServiceOutbox outbox, PolicyProperties properties) {
        PostgresLedgers.Outbox events = new PostgresLedgers.Outbox() {
            @Override
            public void append(Statements last, List<ActionEvent> told) throws SQLException {
                outbox.append(last, told);
            }

            @Override
            public void committed() {
                outbox.committed();
            }
        };
        int atOnce = Math.max(1, database.getMaximumPoolSize() - KEPT_FOR_THE_BRAKE);
        return new PostgresLedgers(
                database,
                events,
                new PostgresLedgers.Room(atOnce, Duration.ofMillis(database.getConnectionTimeout())),
                AutonomyCommandFold.NAME,
                properties.commandsWithin(),
                properties.instanceWithin());
    }

    @Bean
    Judge judge(PolicyProperties properties) {
        return new Judge(Lever.pulled(properties.autoExecuteDisabled()));
    }

    @Bean
    Propose propose(PostgresLedgers ledgers, Judge judge, Clock clock) {
        return new Propose(ledgers, judge, clock, IDS);
    }

    @Bean
    Admit admit(PostgresLedgers ledgers, Judge judge, Clock clock) {
        return new Admit(ledgers, judge, new Expire(), clock, IDS);
    }

    @Bean
    Complete complete(PostgresLedgers ledgers, Clock clock) {
        return new Complete(ledgers, clock);
    }

    @Bean
    UpkeepLoop upkeep(
            PostgresLedgers ledgers, Judge judge, Clock clock, PolicyProperties properties, MeterRegistry meters) {
        String instance = properties.instance() == null ? IDS.get().toString() : properties.instance();
        return new UpkeepLoop(
                new Upkeep(ledgers, judge, new Expire(), clock, IDS, instance), properties.upkeepInterval(), meters);
    }

    @Bean
    AutonomyCommandFold autonomyCommandFold(PostgresLedgers ledgers, Judge judge, EventRuntime runtime) {
        return new AutonomyCommandFold(
                ledgers,
                new CarryOut(judge, new Expire(), IDS),
                new ObserveLever(judge.leverPulled()),
                () -> runtime.publisher().partitionOf(Operator.ID, Topics.AUTONOMY_COMMANDS.name()));
    }

    @Bean
    ConnectorHealthFold connectorHealthFold(PostgresLedgers ledgers) {
        return new ConnectorHealthFold(ledgers);
    }

    @Bean
    HttpConfiguration.Issuer issuer(PolicyProperties properties) {
        return new HttpConfiguration.Issuer(properties.issuer());
    }
}
