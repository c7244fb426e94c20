package dev.lifeline.poller.adapter.http;

import dev.lifeline.poller.application.consent.BeginConsent;
import dev.lifeline.poller.application.consent.CompleteConsent;
import java.net.URI;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes under {@code /oauth}. */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

    /** Where people come back to. */
    public record Origin(URI publicUrl) {}

    @Bean
    ConnectController connectController(BeginConsent begin, CompleteConsent complete, Origin origin) {
        return new ConnectController(begin, complete, new Answers(origin.publicUrl()));
    }

    @Bean
    ErrorAdvice errorAdvice(Origin origin) {
        return new ErrorAdvice(new Answers(origin.publicUrl()));
    }
}
