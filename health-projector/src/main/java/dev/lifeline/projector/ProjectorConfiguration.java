package dev.lifeline.projector;

import com.zaxxer.hikari.HikariDataSource;
import dev.lifeline.events.ActionEvent;
import dev.lifeline.events.AutonomyEvent;
import dev.lifeline.events.ConnectorEvent;
import dev.lifeline.projector.adapter.kafka.ActionFold;
import dev.lifeline.projector.adapter.kafka.AutonomyFold;
import dev.lifeline.projector.adapter.kafka.ConnectorHealthFold;
import dev.lifeline.projector.adapter.kafka.ErasureFold;
import dev.lifeline.projector.adapter.kafka.FoldMetrics;
import dev.lifeline.projector.adapter.kafka.Versioned;
import dev.lifeline.projector.domain.ConnectorFold;
import dev.lifeline.projector.verify.Verification;
import dev.lifeline.projector.verify.VerificationLoop;
import dev.lifeline.runtime.EventRuntime;
import dev.lifeline.runtime.Fold;
import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Puts the parts together. The event runtime finds the folds and runs them. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ProjectorConfiguration {

    @Bean
    Fold<ConnectorEvent> connectorHealthFold(ProjectorProperties properties, MeterRegistry meters) {
        return Versioned.today(
                new ConnectorHealthFold(new ConnectorFold(properties.grace()), new FoldMetrics(meters)),
                properties.grace());
    }

    @Bean
    Fold<AutonomyEvent> autonomyFold() {
        return Versioned.today(new AutonomyFold());
    }

    @Bean
    Fold<ActionEvent> actionFold() {
        return Versioned.today(new ActionFold());
    }

    @Bean
    ErasureFold erasureFold() {
        return new ErasureFold();
    }

    @Bean
    Forgetting forgetting(DataSource database) {
        return new Forgetting(database);
    }

    @Bean
    VerificationLoop verificationLoop(
            ProjectorProperties properties, HikariDataSource database, EventRuntime runtime, MeterRegistry meters) {
        return new VerificationLoop(
                new Verification(database, runtime, properties.grace(), properties.verifyEvery()), meters);
    }
}
