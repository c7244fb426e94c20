package dev.lifeline.poller.domain.classification;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a provider asks to be left alone (RFC 9110 section 10.2.3): seconds, or a date that counts from the answer's own
 * {@code Date}, so that no clock of ours matters. Honoured up to an hour; of several the longest; what is neither is ignored.
 */
final class RetryAfter {
    static final Duration MOST = Duration.ofHours(1);

    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT),
            new DateTimeFormatterBuilder()
                    .appendPattern("EEEE, dd-MMM-")
                    .appendValueReduced(ChronoField.YEAR, 2, 2, 2000)
                    .appendPattern(" HH:mm:ss 'GMT'")
                    .toFormatter(Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    static @Nullable Duration of(Answer answer) {
        Instant sent = answer.header("Date").stream()
                .map(RetryAfter::date)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
        return answer.header("Retry-After").stream()
                .map(value -> delay(value.strip(), sent))
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static @Nullable Duration delay(String value, @Nullable Instant sent) {
        if (value.matches("\\d{1,300}(\\.\\d{1,9})?")) {
            BigDecimal seconds = new BigDecimal(value).min(BigDecimal.valueOf(MOST.toSeconds()));
            return Duration.ofSeconds(seconds.setScale(0, RoundingMode.CEILING).longValueExact());
        }
        if (sent == null) {
            return null;
        }
        return date(value)
                .map(until -> until.isBefore(sent) ? Duration.ZERO : Duration.between(sent, until))
                .map(delay -> delay.compareTo(MOST) > 0 ? MOST : delay)
                .orElse(null);
    }

    private static Optional<Instant> date(String value) {
        for (DateTimeFormatter format : DATES) {
            try {
                return Optional.of(LocalDateTime.parse(value.strip(), format).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException anotherForm) {
                // the next form is tried
            }
        }
        return Optional.empty();
    }
}
