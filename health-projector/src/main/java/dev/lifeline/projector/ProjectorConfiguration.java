package dev.lifeline.projector;

import dev.lifeline.projector.adapter.kafka.ActionFold;
import dev.lifeline.projector.adapter.kafka.AutonomyFold;
import dev.lifeline.projector.adapter.kafka.ConnectorHealthFold;
import dev.lifeline.projector.adapter.kafka.FoldMetrics;
import dev.lifeline.projector.domain.ConnectorFold;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the parts together. The event runtime finds the folds and runs them. */
@Configuration(proxyBeanMethods = false)
class ProjectorConfiguration {

    @Bean
    ConnectorHealthFold connectorHealthFold(ProjectorProperties properties, MeterRegistry meters) {
        return new ConnectorHealthFold(new ConnectorFold(properties.grace()), new FoldMetrics(meters));
    }

    @Bean
    AutonomyFold autonomyFold() {
        return new AutonomyFold();
    }

    @Bean
    ActionFold actionFold() {
        return new ActionFold();
    }
}
