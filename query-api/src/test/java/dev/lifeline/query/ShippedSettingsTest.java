package dev.lifeline.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** The settings as they are shipped. */
class ShippedSettingsTest {

    @Test
    void lack_nothing_but_whom_to_trust() {
        application(given()).run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "lifeline.public-url, lifeline.public-url is missing: give the address that people use",
        "lifeline.ticket-key, lifeline.ticket-key is missing: give query-api and poller-service the same 32 random bytes",
        "lifeline.query.sign-in, lifeline.query.sign-in.issuer is missing: give the address of the OpenID issuer",
        "lifeline.query.sign-in.issuer, lifeline.query.sign-in.issuer is missing: give the address of the OpenID issuer",
        "lifeline.query.sign-in.client-id, lifeline.query.sign-in.client-id is missing",
        "lifeline.query.sign-in.client-secret, lifeline.query.sign-in.client-secret is missing"
    })
    void of_whom_it_trusts_nothing_is_taken_for_granted(String missing, String message) {
        application(given().filter(setting -> !setting.startsWith(missing)))
                .run(context -> assertThat(context).getFailure().hasStackTraceContaining(message));
    }

    private static ApplicationContextRunner application(Stream<String> given) {
        return new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withUserConfiguration(Checked.class)
                .withPropertyValues("spring.config.name=" + QueryApplication.CONFIGURATION)
                .withPropertyValues(given.toArray(String[]::new));
    }

    /** What must be given. */
    private static Stream<String> given() {
        return Stream.of(
                "lifeline.public-url=https://lifeline.example.org",
                "lifeline.ticket-key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
                "lifeline.query.sign-in.issuer=https://id.example.org",
                "lifeline.query.sign-in.client-id=lifeline",
                "lifeline.query.sign-in.client-secret=a-secret");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(QueryProperties.class)
    static class Checked {}
}
