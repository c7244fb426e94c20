package dev.lifeline.policy.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.PostMapping;

/** The description of the API, which query-api serves, has the routes of agents as well. */
class OpenApiTest {

    private static final Path DESCRIPTION = Path.of("../query-api/src/main/resources/static/openapi.yaml");
    private static final Pattern ROUTE = Pattern.compile(
            "^  (/\\S+):$(?:\\R    .*)*?\\R    post:\\R.*\\R      tags: \\[agents]$", Pattern.MULTILINE);

    @Test
    void describes_every_route_of_agents_and_no_other() throws IOException {
        assertThat(ROUTE.matcher(Files.readString(DESCRIPTION)).results().map(route -> route.group(1)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ActionsController.class.getDeclaredMethods())
                        .map(method -> method.getAnnotation(PostMapping.class))
                        .filter(Objects::nonNull)
                        .flatMap(mapping -> Arrays.stream(mapping.value()))
                        .toList());
    }

    @Test
    void names_the_fields_of_what_is_sent_and_of_what_is_answered() throws IOException {
        String description = Files.readString(DESCRIPTION);
        for (Class<?> type : new Class<?>[] {DecisionAnswer.class, ActionsController.Completion.class}) {
            String name = type == DecisionAnswer.class ? "Decision" : type.getSimpleName();
            String schema = Pattern.compile("^    " + name + ":$(?:\\R      .*)*", Pattern.MULTILINE)
                    .matcher(description)
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.joining());
            assertThat(Pattern.compile("^        (\\w+):", Pattern.MULTILINE)
                            .matcher(schema)
                            .results()
                            .map(field -> field.group(1)))
                    .containsExactlyElementsOf(Stream.of(type.getRecordComponents())
                            .map(component -> component.getName())
                            .toList());
        }
    }
}
