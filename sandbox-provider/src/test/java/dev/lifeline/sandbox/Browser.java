package dev.lifeline.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person at a browser, or a program: keeps cookies, follows redirects within the provider, reads forms. */
final class Browser {

    static final JsonMapper JSON = new JsonMapper();
    private static final Pattern FIELD =
            Pattern.compile("<input type=\"(\\w+)\" name=\"([^\"]+)\" value=\"([^\"]*)\"([^>]*)>");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    private final URI base;

    Browser(URI base) {
        this.base = base;
    }

    HttpResponse<String> get(String path, String... headers) {
        return follow(send(request(path, headers).GET()));
    }

    HttpResponse<String> postForm(String path, Map<String, String> fields, String... headers) {
        return postFields(path, List.copyOf(fields.entrySet()), headers);
    }

    HttpResponse<String> postJson(String path, String body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(String method, String path, String... headers) {
        return send(request(path, headers).method(method, BodyPublishers.noBody()));
    }

    /** Submits the form that posts to that path, with what it holds, changed by those who say so. */
    HttpResponse<String> submit(
            HttpResponse<String> page, String action, Map<String, String> filledIn, List<String> unticked) {
        Matcher form = Pattern.compile("<form[^>]*action=\"" + Pattern.quote(action) + "\".*?</form>", Pattern.DOTALL)
                .matcher(page.body());
        if (!form.find()) {
            throw new AssertionError("no form to " + action + " in " + page.body());
        }
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        Matcher field = FIELD.matcher(form.group());
        while (field.find()) {
            String name = field.group(2);
            String value = HtmlUtils.htmlUnescape(field.group(3));
            boolean sent = field.group(1).equals("hidden") || field.group(4).contains("checked");
            if (sent && !unticked.contains(value) && !filledIn.containsKey(name)) {
                fields.add(Map.entry(name, value));
            }
        }
        fields.addAll(filledIn.entrySet());
        return postFields(action, fields);
    }

    HttpResponse<String> signIn(HttpResponse<String> page, String name, String password) {
        return submit(page, "/login", Map.of("username", name, "password", password), List.of());
    }

    /** Where a response leads away to, out of the provider. */
    static URI leadsTo(HttpResponse<String> response) {
        return URI.create(response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(response.statusCode() + " leads nowhere: " + response.body())));
    }

    static Optional<String> parameter(URI uri, String name) {
        return Pattern.compile("&")
                .splitAsStream(Optional.ofNullable(uri.getRawQuery()).orElse(""))
                .filter(each -> each.startsWith(name + "="))
                .map(each -> URLDecoder.decode(each.substring(name.length() + 1), StandardCharsets.UTF_8))
                .findFirst();
    }

    static JsonNode json(HttpResponse<String> response) {
        return JSON.readTree(response.body());
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> postFields(String path, List<Map.Entry<String, String>> fields, String... headers) {
        String form = fields.stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return follow(send(request(path, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))));
    }

    private HttpResponse<String> follow(HttpResponse<String> response) {
        Optional<String> location = response.headers().firstValue("Location");
        if (location.isEmpty()) {
            return response;
        }
        URI next = base.resolve(location.get());
        return next.getAuthority().equals(base.getAuthority()) ? get(next.toString()) : response;
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).header("Accept", "text/html,*/*");
        return headers.length == 0 ? request : request.headers(headers);
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
