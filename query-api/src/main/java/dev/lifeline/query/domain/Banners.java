package dev.lifeline.query.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What stands above everything on the screen, as a function of what is known and of the time. Every kind of trouble of a
 * grant is one banner, however many connectors share it.
 *
 * <p>Time is judged as of {@link Reading#asOf} once that is old: a projector that lags accuses nobody.
 *
 * @param catalogue what people call the connectors
 * @param patience how long a provider may fail to answer, or our client be refused, before it is said
 */
public record Banners(Catalogue catalogue, Duration patience) {

    private static final int PATIENT_POLLS = 10;
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(30);

    /** Banners that lose patience after ten polls without a success, and not within thirty seconds. */
    public static Banners polledEvery(Duration pollInterval, Catalogue catalogue) {
        Duration polls = pollInterval.multipliedBy(PATIENT_POLLS);
        return new Banners(catalogue, polls.compareTo(LEAST_PATIENCE) > 0 ? polls : LEAST_PATIENCE);
    }

    /** The banners in display order; the same for the same arguments. */
    public List<Banner> compose(Reading reading, Instant now) {
        boolean current = reading.current(now);
        Instant judgedAt = current || reading.asOf() == null ? now : reading.asOf();
        List<Banner> banners = new ArrayList<>();
        // A stop stays on the screen, however old what is known is.
        if (!reading.pauses().operator().isEmpty()) {
            banners.add(Wording.operatorPause(reading.pauses(), catalogue));
        }
        if (reading.pauses().own() != null) {
            banners.add(Wording.userPause(reading.pauses().own()));
        }
        troubles(reading.rows(), judgedAt).stream()
                // Where nothing at all is known, one banner says so of everything.
                .filter(trouble -> current || trouble.kind() != BannerKind.UNKNOWN)
                .sorted(Trouble.DISPLAY_ORDER)
                .forEach(trouble -> banners.add(trouble.banner(catalogue)));
        if (reading.pauses().withheldSince() != null) {
            banners.add(Wording.withheld());
        }
        if (!current) {
            banners.add(Wording.everythingUnknown(reading.asOf()));
        }
        return banners.stream().sorted(Comparator.comparing(Banner::kind)).toList();
    }

    /**
     * Once patience with one connector has run out, it has with its siblings in the same trouble: what is the matter is
     * the provider, or our client, and a banner that names them one after the other would change under people's eyes.
     */
    private List<Trouble> troubles(List<ConnectorHealth> rows, Instant judgedAt) {
        record Cause(BannerKind kind, UUID grantId) {}
        Map<Cause, List<ConnectorHealth>> byCause = new LinkedHashMap<>();
        for (ConnectorHealth row : rows) {
            kindOf(row)
                    .map(kind -> new Cause(kind, row.grantId()))
                    .ifPresent(cause -> byCause.computeIfAbsent(cause, any -> new ArrayList<>())
                            .add(row));
        }
        List<Trouble> troubles = new ArrayList<>();
        byCause.forEach((cause, affected) -> {
            if (!isPatient(cause.kind()) || affected.stream().anyMatch(row -> isOutOfPatience(row, judgedAt))) {
                troubles.add(new Trouble(cause.kind(), cause.grantId(), affected));
            }
        });
        return troubles;
    }

    private static Optional<BannerKind> kindOf(ConnectorHealth row) {
        return switch (row.condition()) {
            case OK, DISABLED -> Optional.empty();
            case NEEDS_REAUTH -> Optional.of(BannerKind.NEEDS_REAUTH);
            case NEEDS_ADMIN -> Optional.of(BannerKind.NEEDS_ADMIN);
            case RETRYING -> Optional.of(BannerKind.NOT_ANSWERING);
            case OPERATOR_FAULT -> Optional.of(BannerKind.OPERATOR_FAULT);
            case STALE -> Optional.of(BannerKind.UNKNOWN);
        };
    }

    /** Whether it passes by itself so often that it is not said at once. */
    private static boolean isPatient(BannerKind kind) {
        return kind == BannerKind.NOT_ANSWERING || kind == BannerKind.OPERATOR_FAULT;
    }

    private boolean isOutOfPatience(ConnectorHealth row, Instant judgedAt) {
        return !judgedAt.isBefore(row.unreadSince().plus(patience));
    }
}
