package dev.lifeline.policy.adapter.http;

import dev.lifeline.policy.application.Admit;
import dev.lifeline.policy.application.Complete;
import dev.lifeline.policy.application.Propose;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The routes for agents. */
@Configuration(proxyBeanMethods = false)
public class HttpConfiguration {

    /** Who vouches for callers. */
    public record Issuer(String uri) {}

    @Bean
    ActionsController actionsController(Propose propose, Admit admit, Complete complete) {
        return new ActionsController(propose, admit, complete);
    }

    @Bean
    BearerTokens bearerTokens(Issuer issuer, Clock clock) {
        return new BearerTokens(issuer.uri(), clock);
    }

    @Bean
    Problems problems() {
        return new Problems();
    }
}
