package dev.lifeline.query;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An open stream of Server-Sent Events as a browser reads it. */
public final class EventStream implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private final HttpResponse<InputStream> response;
    private volatile boolean ended;

    /** One event. */
    public record Event(String id, String name, String data) {

        public JsonNode json() {
            return JSON.readTree(data);
        }

        /** The ids of the banners in it. */
        public List<String> banners() {
            return json().get("banners")
                    .valueStream()
                    .map(banner -> banner.get("id").asString())
                    .toList();
        }
    }

    private EventStream(URI uri, String... headers) {
        try {
            response = http.send(
                    HttpRequest.newBuilder(uri).headers(headers).build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Thread.ofVirtual().start(this::read);
    }

    public static EventStream open(URI uri, String... headers) {
        return new EventStream(uri, headers);
    }

    public HttpResponse<InputStream> response() {
        return response;
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    /** The ids of the banners shown last; none before the first event. */
    public List<String> banners() {
        return events.stream()
                .filter(event -> event.name().equals("banners"))
                .reduce((earlier, later) -> later)
                .map(Event::banners)
                .orElse(List.of("nothing yet"));
    }

    public List<String> comments() {
        return List.copyOf(comments);
    }

    /** Whether the server has ended it. */
    public boolean ended() {
        return ended;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            String data = "";
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    comments.add(line);
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).trim();
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).trim();
                } else if (line.startsWith("data:")) {
                    data = line.substring(5).trim();
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(id, name, data));
                    data = "";
                }
            }
            ended = true;
        } catch (IOException e) {
            // Closed by us, or by a server that is gone.
            ended = true;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
