package dev.lifeline.policy.adapter.http;

import dev.lifeline.policy.application.Admit;
import dev.lifeline.policy.application.Complete;
import dev.lifeline.policy.application.Propose;
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
    BearerTokens bearerTokens(Issuer issuer) {
        return new BearerTokens(issuer.uri());
    }

    @Bean
    Problems problems() {
        return new Problems();
    }
}
