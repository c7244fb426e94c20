package dev.lifeline.query.application;

import dev.lifeline.query.domain.Banner;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an open banner stream carries. */
public sealed interface LiveItem {

    /** The banners, now that they are others than before. */
    record Update(@Nullable Instant asOf, List<Banner> banners) implements LiveItem {
        public Update {
            banners = List.copyOf(banners);
        }
    }

    /** Nothing but a sign of life. */
    record StillHere() implements LiveItem {}
}
