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

    /** Something else that the viewer may be looking at has changed, such as what waits for him. */
    record Changed() implements LiveItem {}

    /** Nothing but a sign of life. */
    record StillHere() implements LiveItem {}
}
