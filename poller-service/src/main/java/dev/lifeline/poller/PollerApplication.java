package dev.lifeline.poller;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The service that owns grants and credentials: connects, refreshes, polls, classifies, backs off, publishes. */
@SpringBootApplication
@EnableConfigurationProperties(PollerProperties.class)
public class PollerApplication {

    /** The name of this service's configuration file. */
    public static final String CONFIGURATION = "poller-service";

    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(PollerApplication.class);
        application.setDefaultProperties(java.util.Map.of("spring.config.name", CONFIGURATION));
        application.run(arguments);
    }
}
