package dev.lifeline.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person's browser: keeps cookies, and follows where it is sent only when told to. */
public final class Browser {

    private static final JsonMapper JSON = new JsonMapper();

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(cookies)
            .build();
    private final RunningQuery service;

    public Browser(RunningQuery service) {
        this.service = service;
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(service.uri().resolve(path)).GET());
    }

    public HttpResponse<String> post(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(service.uri().resolve(path)).POST(BodyPublishers.noBody());
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpResponse<String> put(String path, String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.uri().resolve(path))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public HttpResponse<String> postForm(String path, String form) {
        return send(HttpRequest.newBuilder(service.uri().resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(BodyPublishers.ofString(form)));
    }

    /**
     * Goes to sign in, and to the issuer, and back to this service; its public address is another than that of the
     * test, so the way back is led here.
     *
     * @return the last answer, which sends the person on
     */
    public HttpResponse<String> signIn(String returnTo) {
        HttpResponse<String> toIssuer = get("/login?return=" + returnTo);
        return get(callback(toIssuer));
    }

    /** Where the issuer sends the person whom that answer sends to it: path and query. */
    public String callback(HttpResponse<String> toIssuer) {
        HttpResponse<String> back =
                send(HttpRequest.newBuilder(location(toIssuer)).GET());
        URI callback = location(back);
        return callback.getRawPath() + "?" + callback.getRawQuery();
    }

    public JsonNode me() {
        return JSON.readTree(get("/api/me").body());
    }

    /** Name and value of the header against forgery. */
    public String[] csrf() {
        JsonNode csrf = me().get("csrf");
        return new String[] {csrf.get("header").asString(), csrf.get("token").asString()};
    }

    public Optional<HttpCookie> cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .findFirst();
    }

    /** Goes on at another instance, with the same cookies. */
    public Browser at(RunningQuery other) {
        Browser browser = new Browser(other);
        cookies.getCookieStore()
                .getCookies()
                .forEach(cookie -> browser.cookies.getCookieStore().add(other.uri(), cookie));
        return browser;
    }

    public static URI location(HttpResponse<String> answer) {
        return URI.create(answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
