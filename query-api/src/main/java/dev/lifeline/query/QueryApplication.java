package dev.lifeline.query;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** The read side as a service: {@code query-api.yaml} has its settings. */
@SpringBootApplication
@EnableConfigurationProperties(QueryProperties.class)
public class QueryApplication {

    /** Where its settings are. */
    public static final String CONFIGURATION = "query-api";

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(QueryApplication.class)
                .properties("spring.config.name=" + CONFIGURATION)
                .run(arguments);
    }
}
