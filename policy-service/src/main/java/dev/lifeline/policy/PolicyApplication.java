package dev.lifeline.policy;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** policy-service: decides what may be done by itself; owns pause, trust, limits, approvals. */
@SpringBootApplication
@EnableConfigurationProperties(PolicyProperties.class)
public class PolicyApplication {

    /** The name of the configuration file, without its ending. */
    public static final String CONFIGURATION = "policy-service";

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(PolicyApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", CONFIGURATION));
        application.run(arguments);
    }
}
