package dev.lifeline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.poller.adapter.metrics.MeteredTelemetry;
import dev.lifeline.poller.domain.connector.Breaker;
import dev.lifeline.poller.domain.connector.Claim;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The alerts ask for meters that there are. A rule for a meter that was renamed never fires, and nobody would notice. */
class AlertRulesTest {

    private static final Pattern METER =
            Pattern.compile("(?i)\\b(counter|timer|gauge)(?:\\.builder)?\\(\\s*\"(lifeline\\.[a-z.]+)\"");
    private static final Pattern METRIC = Pattern.compile("\\blifeline_[a-z_]+");
    private static final Pattern QUANTILE =
            Pattern.compile("histogram_quantile\\(.*?\\b(lifeline_[a-z_]+_bucket)\\b.*\\) > ([0-9.]+)");
    private static final List<String> METERED =
            List.of("event-runtime", "poller-service", "health-projector", "policy-service", "query-api");

    private final List<JsonNode> rules = rules();

    @Test
    void ask_for_metrics_that_there_are() {
        Set<String> exported = exported();
        assertThat(exported).isNotEmpty();
        for (JsonNode rule : rules) {
            Set<String> asked = new TreeSet<>();
            METRIC.matcher(rule.required("expr").stringValue()).results().forEach(each -> asked.add(each.group()));
            assertThat(asked).as(rule.required("alert").stringValue()).isNotEmpty();
            assertThat(exported).as(rule.required("alert").stringValue()).containsAll(asked);
        }
    }

    @Test
    void notice_each_service_that_is_gone() {
        assertThat(expressions().filter(expression -> expression.contains("absent(")))
                .anyMatch(expression -> expression.contains("absent(lifeline_poller_"))
                .anyMatch(expression -> expression.contains("absent(lifeline_fold_lag{fold=\"lifeline-projector-"))
                .anyMatch(expression -> expression.contains("absent(lifeline_fold_lag{fold=\"lifeline-policy-"))
                .anyMatch(expression -> expression.contains("absent(lifeline_query_"));
    }

    /** The least of a day that Prometheus has seen ten minutes of is that of ten minutes. */
    @Test
    void say_how_much_of_a_time_must_have_been_seen() {
        assertThat(expressions().filter(expression -> expression.contains("min_over_time(")))
                .isNotEmpty()
                .allMatch(expression -> expression.contains("and count_over_time("));
    }

    /** A quantile above the last finite bound is given as that bound, and would never be above a threshold that equals it. */
    @Test
    void ask_quantiles_for_no_more_than_the_buckets_tell_apart() {
        String scraped = scrapeOfAPoll();
        List<MatchResult> quantiles = rules.stream()
                .flatMap(rule ->
                        QUANTILE.matcher(rule.required("expr").stringValue()).results())
                .toList();
        assertThat(quantiles).isNotEmpty().allSatisfy(quantile -> {
            Pattern bucket = Pattern.compile(quantile.group(1) + "\\{.*le=\"([0-9.]+)\"");
            double highest = bucket.matcher(scraped)
                    .results()
                    .mapToDouble(each -> Double.parseDouble(each.group(1)))
                    .max()
                    .orElse(0);
            assertThat(highest).as(quantile.group()).isGreaterThan(Double.parseDouble(quantile.group(2)));
        });
    }

    /** What Prometheus sees of a poller that has claimed one connector. */
    private static String scrapeOfAPoll() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        UUID any = UUID.randomUUID();
        Claim claim = new Claim(
                any,
                "gmail",
                "google",
                any,
                1,
                1,
                true,
                1,
                Set.of(),
                "alice@example.org",
                null,
                Breaker.CLOSED,
                false,
                Duration.ofMinutes(1));
        new MeteredTelemetry(meters, ObservationRegistry.NOOP, Clock.systemUTC()).attempt(claim, () -> true);
        return meters.scrape();
    }

    @Test
    void say_what_is_wrong_what_it_means_and_how_urgent_it_is() {
        assertThat(rules).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.at("/annotations/summary").stringValue()).isNotBlank();
            assertThat(rule.at("/annotations/description").stringValue()).isNotBlank();
            assertThat(rule.at("/labels/severity").stringValue()).isIn("page", "ticket");
        });
        assertThat(rules.stream().map(rule -> rule.required("alert").stringValue()))
                .doesNotHaveDuplicates();
    }

    private Stream<String> expressions() {
        return rules.stream().map(rule -> rule.required("expr").stringValue());
    }

    /** The names under which Prometheus sees the meters of the services, by Micrometer's naming. */
    private static Set<String> exported() {
        Set<String> names = new TreeSet<>();
        for (String module : METERED) {
            try (Stream<Path> sources = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                sources.filter(file -> file.toString().endsWith(".java"))
                        .flatMap(file -> METER.matcher(read(file)).results())
                        .forEach(meter -> names.addAll(exportedAs(meter.group(1), meter.group(2))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    private static List<String> exportedAs(String kind, String meter) {
        String name = meter.replace('.', '_');
        return switch (kind.charAt(0)) {
            case 'c', 'C' -> List.of(name + "_total");
            case 't', 'T' ->
                List.of(
                        name + "_seconds_bucket",
                        name + "_seconds_count",
                        name + "_seconds_sum",
                        name + "_seconds_max");
            default -> List.of(name);
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> rules() {
        JsonNode file = new YAMLMapper().readTree(Path.of("prometheus/alerts.yaml"));
        return file.required("groups")
                .valueStream()
                .flatMap(group -> group.required("rules").valueStream())
                .toList();
    }
}
