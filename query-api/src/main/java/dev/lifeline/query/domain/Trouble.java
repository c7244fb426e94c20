package dev.lifeline.query.domain;

import dev.lifeline.query.domain.Banner.CallToAction;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What one grant's connectors suffer from together.
 *
 * @param affected never empty, by name
 */
record Trouble(BannerKind kind, UUID grantId, List<ConnectorHealth> affected) {

    /** Loudest first, then by connector, so that banners keep their places. */
    static final Comparator<Trouble> DISPLAY_ORDER = Comparator.comparing(Trouble::kind)
            .thenComparing(trouble -> trouble.first().name())
            .thenComparing(Trouble::grantId);

    private static final String INSUFFICIENT_SCOPE = "insufficient_scope";

    Trouble {
        affected = affected.stream()
                .sorted(Comparator.comparing(ConnectorHealth::name))
                .toList();
    }

    Banner banner(Catalogue catalogue) {
        List<String> labels =
                affected.stream().map(row -> catalogue.label(row.name())).toList();
        return new Banner(
                kind,
                grantId,
                Wording.text(kind, labels),
                Wording.detail(kind, onlyScopeIsMissing()),
                since(),
                kind == BannerKind.NEEDS_REAUTH ? reconnect() : null);
    }

    private ConnectorHealth first() {
        return affected.getFirst();
    }

    private CallToAction reconnect() {
        return new CallToAction("Reconnect", "/connect/" + first().name());
    }

    private boolean onlyScopeIsMissing() {
        return affected.stream().allMatch(row -> INSUFFICIENT_SCOPE.equals(row.errorCode()));
    }

    /** The last time that any of them was read; where none ever was, when the first of them came into trouble. */
    private @Nullable Instant since() {
        return affected.stream()
                .map(ConnectorHealth::lastSuccessAt)
                .filter(at -> at != null)
                .max(Comparator.naturalOrder())
                .or(() -> affected.stream().map(ConnectorHealth::changedAt).min(Comparator.naturalOrder()))
                .orElse(null);
    }
}
