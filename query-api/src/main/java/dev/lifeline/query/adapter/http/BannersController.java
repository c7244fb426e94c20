package dev.lifeline.query.adapter.http;

import dev.lifeline.query.adapter.http.Answers.BannersBody;
import dev.lifeline.query.application.Caller;
import dev.lifeline.query.application.LiveBanners;
import dev.lifeline.query.application.ReadModel;
import dev.lifeline.query.domain.Banners;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What stands above everything on the screen: once, or for as long as somebody looks. */
@RestController
final class BannersController {

    private final ReadModel readModel;
    private final Banners banners;
    private final LiveBanners live;
    private final BannerEvents events;

    BannersController(ReadModel readModel, Banners banners, LiveBanners live, BannerEvents events) {
        this.readModel = readModel;
        this.banners = banners;
        this.live = live;
        this.events = events;
    }

    @GetMapping("/api/users/{userId}/banners")
    Mono<BannersBody> banners(@PathVariable("userId") UUID userId) {
        return readModel
                .snapshot(userId)
                .map(now -> BannersBody.of(now.reading().asOf(), banners.compose(now.reading(), now.at())));
    }

    /** Server-Sent Events, written by hand: ten thousand streams share what can be shared. */
    @GetMapping(path = "/api/users/{userId}/banners/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<Void> stream(
            @PathVariable("userId") UUID userId,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @AuthenticationPrincipal Caller caller,
            ServerHttpResponse response) {
        response.getHeaders().setContentType(MediaType.TEXT_EVENT_STREAM);
        response.getHeaders().setCacheControl("no-store");
        // Proxies that collect answers would hold the stream back.
        response.getHeaders().set("X-Accel-Buffering", "no");
        Flux<byte[]> frames = events.frames(live.of(caller.viewerOf(userId)), lastEventId);
        return response.writeAndFlushWith(
                frames.map(frame -> Mono.just(response.bufferFactory().wrap(frame))));
    }
}
