package dev.lifeline.poller.adapter.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real HTTP server on loopback that answers as it is told, in that order, and remembers what it was asked. */
final class LocalServer implements AutoCloseable {

    /** One way to answer. */
    interface Behaviour {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** What it was asked. */
    record Asked(
            String method,
            String path,
            Map<String, String> parameters,
            Map<String, String> form,
            Map<String, String> headers) {}

    private final HttpServer server;
    private final Queue<Behaviour> behaviours = new ArrayDeque<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    LocalServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    List<Asked> asked() {
        return asked;
    }

    LocalServer answers(int status, String body) {
        return answers(status, Map.of("Content-Type", List.of("application/json")), body);
    }

    LocalServer answers(int status, Map<String, List<String>> headers, String body) {
        behaviours.add(exchange -> {
            exchange.getResponseHeaders().putAll(headers);
            byte[] bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
        return this;
    }

    /** Says nothing. */
    LocalServer hangs() {
        behaviours.add(exchange -> closed.await());
        return this;
    }

    /** Sends a byte now and then, for ever. */
    LocalServer drips() {
        behaviours.add(exchange -> {
            exchange.sendResponseHeaders(400, 0);
            OutputStream body = exchange.getResponseBody();
            do {
                body.write(' ');
                body.flush();
            } while (!closed.await(20, TimeUnit.MILLISECONDS));
        });
        return this;
    }

    /** Sends so many megabytes. */
    LocalServer floods(int megabytes) {
        behaviours.add(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                exchange.getResponseBody().write(megabyte);
            }
        });
        return this;
    }

    /** Promises more than it sends. */
    LocalServer breaksOff() {
        behaviours.add(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write("{\"error\":".getBytes(UTF_8));
            exchange.getResponseBody().flush();
        });
        return this;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    pairs(exchange.getRequestURI().getRawQuery()),
                    pairs(new String(exchange.getRequestBody().readAllBytes(), UTF_8)),
                    headers));
            Behaviour behaviour = Objects.requireNonNull(behaviours.poll(), "asked more than was foreseen");
            behaviour.answer(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static Map<String, String> pairs(@Nullable String encoded) {
        Map<String, String> pairs = new TreeMap<>();
        if (encoded != null && !encoded.isEmpty()) {
            for (String pair : encoded.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                pairs.put(
                        URLDecoder.decode(parts[0], UTF_8),
                        parts.length == 2 ? URLDecoder.decode(parts[1], UTF_8) : "");
            }
        }
        return pairs;
    }
}
