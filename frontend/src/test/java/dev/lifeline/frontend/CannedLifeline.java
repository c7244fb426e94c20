package dev.lifeline.frontend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The dashboard's files, and a server behind them that answers what a spec has told it to: the routes of the contract,
 * with a stream that can break, and with the Content-Security-Policy of the real one. For one user.
 */
final class CannedLifeline implements AutoCloseable {

    static final String USER = "11111111-1111-4111-8111-111111111111";

    private static final String END = "";

    /** What a change is answered with. */
    enum Changes {
        DONE,
        PENDING,
        REFUSED
    }

    private final HttpServer server;
    private final Collection<BlockingQueue<String>> streams = new CopyOnWriteArrayList<>();

    final Map<String, Map<String, @Nullable Object>> connectors = new ConcurrentSkipListMap<>();
    final List<Map<String, @Nullable Object>> banners = new CopyOnWriteArrayList<>();
    final List<Map<String, @Nullable Object>> timeline = new CopyOnWriteArrayList<>();
    /** Method and path of every change that was asked for. */
    final Collection<String> asked = new ConcurrentLinkedQueue<>();

    volatile boolean signedIn = true;
    /** Whose the session is. */
    volatile String user = USER;

    volatile String csrf = "token";

    volatile boolean streaming = true;
    volatile boolean away = false;
    volatile boolean timelineAway = false;
    volatile Duration lag = Duration.ZERO;
    /** How far the clocks of the server stand behind ours. */
    volatile Duration behind = Duration.ZERO;
    /** How long the status takes to come. */
    volatile Duration statusTakes = Duration.ZERO;
    /** How long a page of the timeline takes. */
    volatile Duration timelineTakes = Duration.ZERO;

    volatile Changes changes = Changes.DONE;
    /** What became of a change that is pending; nothing is known of one that is unknown. */
    volatile String commandState = "pending";

    volatile String name = "alice";
    volatile List<String> roles = List.of();

    final CannedAutonomy autonomy = new CannedAutonomy(this);

    CannedLifeline() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("no port on loopback", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** A connector in a condition; what was said of it before is forgotten. */
    void connector(String connector, String condition, @Nullable String errorCode, Instant lastSuccessAt) {
        connectors.put(connector, Samples.health(condition, errorCode, lastSuccessAt));
    }

    void banner(String kind, String severity, String text, String detail, Instant since, @Nullable String href) {
        Map<String, @Nullable Object> banner = new LinkedHashMap<>();
        banner.put("id", severity.equals("red") ? kind : kind + ":1");
        banner.put("kind", kind);
        banner.put("severity", severity);
        banner.put("text", text);
        banner.put("detail", detail);
        banner.put("since", since.toString());
        String label = kind.equals("user_pause") ? "Resume" : "Reconnect";
        banner.put("cta", href == null ? null : Map.of("label", label, "href", href));
        banners.add(banner);
    }

    /** Something that happened after all that happened before. */
    void happened(Instant at, String kind, @Nullable String connector, @Nullable String from, @Nullable String to) {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        item.put("at", at.toString());
        item.put("kind", kind);
        item.put("connector", connector);
        item.put("from", from);
        item.put("to", to);
        item.put("errorCode", "needs_reauth".equals(to) ? "invalid_grant" : null);
        timeline.addFirst(item);
    }

    /** Tells every open page what the banners are. */
    void push() {
        String event = "event: banners\ndata: " + Replies.text(bannerState()) + "\n\n";
        streams.forEach(stream -> stream.add(event));
    }

    /** Ends every open stream. */
    void hangUp() {
        streams.forEach(stream -> stream.add(END));
    }

    @Override
    public void close() {
        hangUp();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith("/api/")) {
            Replies.file(exchange, path.equals("/") ? "/index.html" : path);
        } else if (away) {
            throw new IOException("away");
        } else if (!signedIn) {
            Replies.problem(exchange, 401, "Sign in, or send a bearer token.");
        } else if (path.contains(USER) && !user.equals(USER)) {
            Replies.problem(exchange, 404, "There is nothing here.");
        } else if (exchange.getRequestMethod().equals("GET")) {
            read(exchange, path);
        } else {
            change(exchange, path);
        }
    }

    private void read(HttpExchange exchange, String path) throws IOException {
        switch (path) {
            case "/api/me" -> Replies.json(exchange, 200, me());
            case "/api/connectors/" + USER + "/status" -> {
                LockSupport.parkNanos(statusTakes.toNanos());
                Replies.json(exchange, 200, status());
            }
            case "/api/users/" + USER + "/banners" -> Replies.json(exchange, 200, bannerState());
            case "/api/users/" + USER + "/banners/stream" -> stream(exchange);
            case "/api/users/" + USER + "/timeline" -> {
                LockSupport.parkNanos(timelineTakes.toNanos());
                if (timelineAway) {
                    Replies.problem(exchange, 503, "The database does not answer. Try again in a moment.");
                } else {
                    Replies.json(exchange, 200, page(exchange.getRequestURI().getQuery()));
                }
            }
            case "/api/users/" + USER + "/commands/1" -> {
                if (commandState.equals("unknown")) {
                    Replies.problem(exchange, 404, "There is nothing at this address.");
                } else {
                    Replies.json(
                            exchange,
                            200,
                            Map.of("commandId", "1", "state", commandState, "reason", "It was removed meanwhile."));
                }
            }
            default -> {
                if (!autonomy.read(exchange, path)) {
                    Replies.problem(exchange, 404, "There is nothing here.");
                }
            }
        }
    }

    private void change(HttpExchange exchange, String path) throws IOException {
        if (!csrf.equals(exchange.getRequestHeaders().getFirst("X-CSRF-TOKEN"))) {
            Replies.problem(exchange, 403, "The token is missing.");
            return;
        }
        asked.add(exchange.getRequestMethod() + " " + path);
        if (autonomy.change(exchange, path)) {
            return;
        }
        switch (changes) {
            case DONE -> Replies.json(exchange, 200, status());
            case PENDING -> {
                exchange.getResponseHeaders().set("Location", "/api/users/" + USER + "/commands/1");
                Replies.json(exchange, 202, status());
            }
            case REFUSED -> Replies.problem(exchange, 409, "Gmail was removed in another window.");
        }
    }

    private Map<String, Object> me() {
        return Map.of(
                "userId",
                user,
                "name",
                name,
                "roles",
                roles,
                "csrf",
                Map.of("header", "X-CSRF-TOKEN", "token", csrf),
                "connectors",
                List.of(
                        Map.of("name", "gmail", "label", "Gmail", "provider", "sandbox"),
                        Map.of("name", "google-calendar", "label", "Google Calendar", "provider", "sandbox")),
                "pollInterval",
                "PT1S",
                "now",
                now().toString());
    }

    private Map<String, Object> status() {
        return Map.of("userId", USER, "asOf", asOf(), "anyNeedsReauth", false, "connectors", connectors);
    }

    private Map<String, Object> bannerState() {
        return Map.of("asOf", asOf(), "banners", banners);
    }

    String asOf() {
        return now().minus(lag).toString();
    }

    private Instant now() {
        return Instant.now().minus(behind);
    }

    /** A page of the timeline. */
    Map<String, @Nullable Object> page(String query) {
        int limit = Integer.parseInt(query.replaceAll(".*limit=(\\d+).*", "$1"));
        int from = query.contains("before=") ? Integer.parseInt(query.replaceAll(".*before=(\\d+).*", "$1")) : 0;
        int to = Math.min(from + limit, timeline.size());
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("asOf", asOf());
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        for (int at = from; at < to; at++) {
            Map<String, @Nullable Object> item = new LinkedHashMap<>(timeline.get(at));
            item.put("id", String.valueOf(timeline.size() - at));
            items.add(item);
        }
        page.put("items", items);
        page.put("next", to < timeline.size() ? String.valueOf(to) : null);
        return page;
    }

    private void stream(HttpExchange exchange) throws IOException {
        if (!streaming) {
            Replies.problem(exchange, 503, "The stream is not to be had.");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        streams.add(events);
        push();
        try {
            for (String event = events.take(); !event.equals(END); event = events.take()) {
                exchange.getResponseBody().write(event.getBytes(UTF_8));
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            streams.remove(events);
        }
    }
}
