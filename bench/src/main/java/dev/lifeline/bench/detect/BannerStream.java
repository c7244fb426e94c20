package dev.lifeline.bench.detect;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An open banner stream, and when each of its events came. */
final class BannerStream implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 60;

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();

    private record Seen(long nanos, boolean needsReauth) {}

    private static final Seen ENDED = new Seen(0, false);

    BannerStream(URI lifeline, String userId, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(lifeline.resolve("/api/users/" + userId + "/banners/stream"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
        if (response.statusCode() != 200) {
            throw new IllegalStateException("the stream answered " + response.statusCode());
        }
        Thread.ofVirtual().name("banners").start(() -> read(response.body()));
    }

    private void read(Stream<String> lines) {
        try (lines) {
            lines.filter(line -> line.startsWith("data:"))
                    .forEach(data -> seen.add(new Seen(System.nanoTime(), data.contains("\"needs_reauth\""))));
        } catch (UncheckedIOException ended) {
            seen.add(ENDED);
        }
    }

    /** When the first event came that has, or has not, a banner that asks to reconnect; counted like System.nanoTime. */
    long await(boolean needsReauth) throws InterruptedException {
        Seen next = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        while (next != null && !next.equals(ENDED) && next.needsReauth() != needsReauth) {
            next = seen.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        if (next == null || next.equals(ENDED)) {
            throw new IllegalStateException("the stream ended, or said nothing for " + PATIENCE_SECONDS + " s");
        }
        return next.nanos();
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
