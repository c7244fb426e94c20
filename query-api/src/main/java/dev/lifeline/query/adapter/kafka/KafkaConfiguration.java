package dev.lifeline.query.adapter.kafka;

import dev.lifeline.query.application.CommandLog;
import dev.lifeline.runtime.Publisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
class KafkaConfiguration {

    @Bean
    CommandLog commandLog(Publisher publisher) {
        return new KafkaCommandLog(publisher, Schedulers.boundedElastic());
    }
}
