package dev.lifeline.standalone.service;

import dev.lifeline.standalone.CannotStartException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ConcurrentSkipListMap;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * One HTTP port for several application contexts: the one with the longest matching path prefix answers.
 *
 * <p>Each context takes the {@link #under(String) factory} of its prefix for its web server. Until it has started, and
 * after it has stopped, its paths answer 503, so that the port is ours from the first moment.
 */
public final class SharedPort implements AutoCloseable {

    private static final Duration FAREWELL = Duration.ofSeconds(1);
    /** Tokens with many claims are long, and so are the cookies of a machine that has many sites. */
    private static final int LONGEST_HEADERS = 16 * 1024;

    /** What a request may take to arrive: its headers, and then its body. Answers may take for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String NOT_READY = """
            {"type":"about:blank","title":"Service Unavailable","status":503,\
            "detail":"Lifeline is starting or stopping; try again in a moment.",\
            "instance":"%s",\
            "error":"Lifeline is starting or stopping; try again in a moment."}""";

    private final ConcurrentSkipListMap<String, HttpHandler> handlers = new ConcurrentSkipListMap<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
    private final DisposableServer server;

    private SharedPort(String address, int port, Duration patience) {
        server = HttpServer.create()
                .host(address)
                .port(port)
                .httpRequestDecoder(spec -> spec.maxHeaderSize(LONGEST_HEADERS))
                .idleTimeout(patience)
                .requestTimeout(patience)
                .handle(new ReactorHttpHandlerAdapter(this::handle))
                .bindNow();
    }

    /**
     * Begins to listen.
     *
     * @throws CannotStartException when the port is in use
     */
    public static SharedPort at(String address, int port) {
        return at(address, port, PATIENCE);
    }

    static SharedPort at(String address, int port, Duration patience) {
        try {
            return new SharedPort(address, port, patience);
        } catch (ChannelBindException e) {
            throw new CannotStartException(
                    "port " + port + " of " + address + " can not be listened at: it is in use", e);
        }
    }

    /**
     * What makes the web server of the context that answers paths with that prefix, or one of several, separated by commas;
     * {@code *} stands for one segment. From now on nobody else answers those.
     */
    public ReactiveWebServerFactory under(String prefix) {
        handlers.putIfAbsent(prefix, SharedPort::notReady);
        return handler -> new Part(prefix, handler);
    }

    /** For a context that has no paths here. */
    public ReactiveWebServerFactory nowhere() {
        return handler -> new Nowhere();
    }

    public int port() {
        return server.port();
    }

    private Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
        String path = request.getPath().pathWithinApplication().value();
        return handlers.entrySet().stream()
                .filter(entry -> answers(entry.getKey(), path))
                .findFirst()
                .map(entry -> entry.getValue().handle(request, response))
                .orElseGet(() -> notReady(request, response));
    }

    private static boolean answers(String prefixes, String path) {
        return Arrays.stream(prefixes.split(",")).anyMatch(prefix -> begins(path, prefix));
    }

    private static boolean begins(String path, String prefix) {
        int star = prefix.indexOf('*');
        if (star < 0) {
            return path.startsWith(prefix);
        }
        int end = path.indexOf('/', star);
        return path.startsWith(prefix.substring(0, star))
                && end > star
                && path.startsWith(prefix.substring(star + 1), end);
    }

    private static Mono<Void> notReady(ServerHttpRequest request, ServerHttpResponse response) {
        boolean page = request.getHeaders().getAccept().stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
        response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
        response.getHeaders()
                .setContentType(
                        page
                                ? new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8)
                                : MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        // As it came, still encoded: a URI holds nothing that JSON would have to escape.
        String path = request.getURI().getRawPath();
        byte[] body = (page ? NotReadyPage.HTML : NOT_READY.formatted(path)).getBytes(StandardCharsets.UTF_8);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
    }

    @Override
    public void close() {
        server.disposeNow(FAREWELL);
    }

    /** The part of the port that one context has; the port itself belongs to none. */
    private final class Part implements WebServer {

        private final String prefix;
        private final HttpHandler handler;

        Part(String prefix, HttpHandler handler) {
            this.prefix = prefix;
            this.handler = handler;
        }

        @Override
        public void start() {
            handlers.put(prefix, handler);
        }

        @Override
        public void stop() {
            handlers.replace(prefix, handler, SharedPort::notReady);
        }

        @Override
        public int getPort() {
            return port();
        }
    }

    /** The web server of a context that nobody asks over HTTP. */
    private final class Nowhere implements WebServer {

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public int getPort() {
            return port();
        }
    }
}
