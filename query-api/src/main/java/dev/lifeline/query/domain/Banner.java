package dev.lifeline.query.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One sentence what, one what it means, one button. Names no clock time: whoever shows it renders {@code since}.
 *
 * @param grantId the grant whose connectors it is about; absent where it is about all of them
 * @param since since when nothing has been read; absent where nothing ever was
 */
public record Banner(
        BannerKind kind,
        @Nullable UUID grantId,
        String text,
        String detail,
        @Nullable Instant since,
        @Nullable CallToAction cta) {

    /** The same for as long as the banner is about the same thing. */
    public String id() {
        return grantId == null ? kind.wireName() : kind.wireName() + ":" + grantId;
    }

    /**
     * The button.
     *
     * @param href a path of Lifeline's own
     */
    public record CallToAction(String label, String href) {}
}
