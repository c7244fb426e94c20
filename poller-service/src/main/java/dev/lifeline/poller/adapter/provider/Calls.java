package dev.lifeline.poller.adapter.provider;

import dev.lifeline.poller.domain.classification.Answer;
import dev.lifeline.poller.domain.classification.ProviderKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP calls whose answers are taken as they come: any status, any body up to a size, no redirect followed, no POST
 * sent twice, nothing logged. The time given is for the whole exchange, so that a body that drips ends with it. Whatever goes wrong is
 * no answer.
 */
final class Calls {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient client;

    private Calls(HttpClient client) {
        this.client = client;
    }

    /** Calls over one pool of connections. HTTP/1.1, since a stream of HTTP/2 that is reset takes others with it. */
    static Calls pooled() {
        return new Calls(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build());
    }

    /** Fetches with an access token. */
    Answer get(ProviderKind kind, URI address, String accessToken, Duration within, int mostBytes) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .header("User-Agent", "Lifeline")
                .header("Authorization", "Bearer " + accessToken);
        return send(kind, request.build(), within, mostBytes);
    }

    /** Fetches what is public. */
    Answer get(ProviderKind kind, URI address, Duration within, int mostBytes) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Accept", "application/json")
                .header("User-Agent", "Lifeline")
                .build();
        return send(kind, request, within, mostBytes);
    }

    Answer send(ProviderKind kind, HttpRequest request, Duration within, int mostBytes) {
        if (within.isNegative() || within.isZero()) {
            return Answer.none(kind);
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, info -> new BoundedBody(mostBytes));
        try {
            HttpResponse<byte[]> response = exchange.get(within.toNanos(), TimeUnit.NANOSECONDS);
            return new Answer(kind, response.statusCode(), response.headers().map(), response.body());
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            return Answer.none(kind);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            return Answer.none(kind);
        } catch (ExecutionException e) {
            return Answer.none(kind);
        }
    }
}
