package dev.lifeline.projector;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** health-projector: folds the event topics into the read model, and publishes state changes. */
@SpringBootApplication
@EnableConfigurationProperties(ProjectorProperties.class)
public class ProjectorApplication {

    /** The name of the configuration file, without its ending. */
    public static final String CONFIGURATION = "health-projector";

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(ProjectorApplication.class)
                .properties("spring.config.name=" + CONFIGURATION)
                .run(arguments);
    }
}
