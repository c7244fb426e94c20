package dev.lifeline.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** The settings as they are shipped. */
class SettingsTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withUserConfiguration(Checked.class)
            .withPropertyValues("spring.config.name=" + PolicyApplication.CONFIGURATION);

    @Test
    void lack_nothing_but_who_vouches_for_callers() {
        application
                .withPropertyValues("lifeline.policy.issuer=https://id.example.org")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void trust_no_issuer_that_was_not_named() {
        application.run(
                context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(
                                "lifeline.policy.issuer is missing: give the address of the OpenID issuer, such as https://id.example.org"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(PolicyProperties.class)
    static class Checked {}
}
