package dev.lifeline.query.adapter.http;

import dev.lifeline.query.adapter.http.Answers.BannersBody;
import dev.lifeline.query.application.LiveItem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/**
 * A banner stream as Server-Sent Events (WHATWG HTML, section 9.2): the event {@code banners} whose {@code data} is the
 * body of {@code GET banners} in one line and whose {@code id} is a hash of the banners; the event {@code changed}, with
 * nothing in it, when something else of the user's has changed; and comments in between.
 */
@Component
final class BannerEvents {

    private static final byte[] STILL_HERE = utf8(":\n\n");
    private static final byte[] CHANGED = utf8("event:changed\ndata:{}\n\n");
    private static final int HASH_BYTES = 16;

    private final JsonMapper json;

    BannerEvents(JsonMapper json) {
        this.json = json;
    }

    /** The frames, the first of them left out where it says what the reader saw last. */
    Flux<byte[]> frames(Flux<LiveItem> items, @Nullable String lastEventId) {
        return items.index((index, item) -> index == 0 ? frame(item, lastEventId) : frame(item, null));
    }

    private byte[] frame(LiveItem item, @Nullable String alreadySeen) {
        return switch (item) {
            case LiveItem.StillHere sign -> STILL_HERE;
            case LiveItem.Changed elsewhere -> CHANGED;
            case LiveItem.Update update -> {
                BannersBody body = BannersBody.of(update.asOf(), update.banners());
                String id = hash(json.writeValueAsBytes(body.banners()));
                yield id.equals(alreadySeen)
                        ? STILL_HERE
                        : utf8("id:" + id + "\nevent:banners\ndata:" + json.writeValueAsString(body) + "\n\n");
            }
        };
    }

    private static String hash(byte[] banners) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(banners);
            return HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
