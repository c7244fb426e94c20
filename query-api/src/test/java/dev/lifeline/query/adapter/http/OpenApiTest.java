package dev.lifeline.query.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.query.RunningQuery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;

class OpenApiTest {

    /** What another service answers under the same address, whose own test compares them. */
    private static final String ELSEWHERE = "agents";

    /** Answered before any route is looked for. */
    private static final String SIGN_IN = "GET /login";

    private final RunningQuery service = RunningQuery.shared().service();

    @Test
    void describes_every_route_and_no_other() {
        Set<String> routes = new TreeSet<>(Set.of(SIGN_IN));
        service.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternsCondition()
                        .getPatterns()
                        .forEach(pattern -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> routes.add(method + " " + pattern.getPatternString()))));

        assertThat(described()).isEqualTo(routes);
    }

    @Test
    void every_route_is_behind_a_rule_of_access() {
        assertThat(described())
                .allMatch(route -> route.contains(" /api/")
                        || route.contains(" /connect/")
                        || route.equals(SIGN_IN)
                        || route.equals("POST /logout"));
    }

    private Set<String> described() {
        String document = service.http()
                .get()
                .uri("/openapi.yaml")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
        Map<String, Object> openApi = new Yaml().load(document);
        Set<String> described = new TreeSet<>();
        map(Objects.requireNonNull(openApi.get("paths")))
                .forEach((path, operations) -> map(operations).entrySet().stream()
                        .filter(operation -> !operation.getKey().equals("parameters") && isHere(operation.getValue()))
                        .forEach(operation -> described.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path)));
        return described;
    }

    private static boolean isHere(Object operation) {
        return !List.of(ELSEWHERE).equals(map(operation).get("tags"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object yaml) {
        return (Map<String, Object>) yaml;
    }
}
