package dev.lifeline.query.adapter.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lifeline.events.Condition;
import dev.lifeline.events.FailureClass;
import dev.lifeline.events.Status;
import dev.lifeline.query.application.CommandState;
import dev.lifeline.query.application.Snapshot;
import dev.lifeline.query.application.Timeline;
import dev.lifeline.query.domain.Banner;
import dev.lifeline.query.domain.ConnectorHealth;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bodies of answers, as {@code openapi.yaml} describes them. */
final class Answers {

    private Answers() {}

    /** @param pending {@code true} where a command is not seen yet; else left out */
    record StatusBody(
            UUID userId,
            @Nullable Instant asOf,
            boolean anyNeedsReauth,
            Map<String, Connector> connectors,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean pending) {

        static StatusBody of(UUID userId, Snapshot snapshot) {
            Map<String, Connector> connectors = new LinkedHashMap<>();
            snapshot.reading().rows().forEach(row -> connectors.put(row.name(), Connector.of(row)));
            boolean needsReauth =
                    snapshot.reading().rows().stream().anyMatch(row -> row.status() == Status.NEEDS_REAUTH);
            return new StatusBody(userId, snapshot.reading().asOf(), needsReauth, connectors, null);
        }

        StatusBody stillPending() {
            return new StatusBody(userId, asOf, anyNeedsReauth, connectors, true);
        }
    }

    /** That a command was taken, where how things are can not be read. */
    record Taken(boolean pending) {}

    record Connector(
            Status status,
            Condition condition,
            @Nullable String errorCode,
            @Nullable FailureClass failureClass,
            @Nullable Instant lastSuccessAt,
            @Nullable Instant lastFailureAt,
            String provider,
            @Nullable String account) {

        static Connector of(ConnectorHealth row) {
            return new Connector(
                    row.status(),
                    row.condition(),
                    row.errorCode(),
                    row.failureClass(),
                    row.lastSuccessAt(),
                    row.lastFailureAt(),
                    row.provider(),
                    row.account());
        }
    }

    record BannersBody(@Nullable Instant asOf, List<BannerBody> banners) {

        static BannersBody of(@Nullable Instant asOf, List<Banner> banners) {
            return new BannersBody(asOf, banners.stream().map(BannerBody::of).toList());
        }
    }

    record BannerBody(
            String id,
            String kind,
            String severity,
            String text,
            String detail,
            @Nullable Instant since,
            Banner.@Nullable CallToAction cta) {

        static BannerBody of(Banner banner) {
            return new BannerBody(
                    banner.id(),
                    banner.kind().wireName(),
                    banner.kind().severity().wireName(),
                    banner.text(),
                    banner.detail(),
                    banner.since(),
                    banner.cta());
        }
    }

    record TimelineBody(
            @Nullable Instant asOf,
            List<TimelineItem> items,
            @Nullable String next) {

        static TimelineBody of(Timeline timeline) {
            return new TimelineBody(
                    timeline.asOf(),
                    timeline.items().stream().map(TimelineItem::of).toList(),
                    timeline.next() == null ? null : Cursor.of(timeline.next()));
        }
    }

    /** @param id of this line alone, and for ever */
    record TimelineItem(
            String id,
            Instant at,
            String kind,
            @Nullable String connector,
            @Nullable String subject,
            @Nullable String description,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Timeline.Change> changes,

            @Nullable String from,
            @Nullable String to,
            @Nullable String errorCode) {

        static TimelineItem of(Timeline.Item item) {
            return new TimelineItem(
                    Cursor.of(item.position()),
                    item.position().at(),
                    item.kind(),
                    item.connector(),
                    item.subject(),
                    item.description(),
                    item.changes(),
                    item.from(),
                    item.to(),
                    item.errorCode());
        }
    }

    record CommandBody(
            UUID commandId,
            String state,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String code) {

        static CommandBody of(UUID commandId, CommandState state) {
            return switch (state) {
                case CommandState.Rejected rejected ->
                    new CommandBody(commandId, state.wireName(), rejected.reason(), rejected.code());
                case CommandState.Pending pending -> new CommandBody(commandId, state.wireName(), null, null);
                case CommandState.Done done -> new CommandBody(commandId, state.wireName(), null, null);
            };
        }
    }
}
