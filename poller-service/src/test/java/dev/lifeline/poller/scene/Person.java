package dev.lifeline.poller.scene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.web.util.HtmlUtils;

/** A person at a browser: keeps the sandbox's cookies, holds a nonce for ours, and is sent to and fro between both. */
public final class Person {

    private static final Pattern FIELD = Pattern.compile("name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    private final String name;
    private final String nonce;

    /** Who signs in at the sandbox by that name, in a browser with that nonce. */
    public Person(String name, String nonce) {
        this.name = name;
        this.nonce = nonce;
    }

    public String nonce() {
        return nonce;
    }

    /** Goes there, with the cookie, and stays where the answer is. */
    public HttpResponse<String> get(URI uri) {
        return send(HttpRequest.newBuilder(uri).header("Cookie", "lifeline_connect=" + nonce));
    }

    /** Goes there without the cookie. */
    public HttpResponse<String> getWithoutCookie(URI uri) {
        return send(HttpRequest.newBuilder(uri));
    }

    /** Signs in where the provider asks for it, and says yes to all but what is unticked; returns where that leads. */
    public URI consent(URI authorization, String... unticked) {
        return decide(consentPage(authorization), List.of(unticked), false);
    }

    /** Says no. */
    public URI deny(URI authorization) {
        return decide(consentPage(authorization), List.of(), true);
    }

    /** Where an answer leads. */
    public static URI leadsTo(HttpResponse<String> response) {
        return response.uri()
                .resolve(response.headers()
                        .firstValue("Location")
                        .orElseThrow(() ->
                                new AssertionError(response.statusCode() + " leads nowhere: " + response.body())));
    }

    private HttpResponse<String> consentPage(URI authorization) {
        HttpResponse<String> page = follow(send(HttpRequest.newBuilder(authorization)));
        if (page.body().contains("action=\"/login\"")) {
            page = follow(submit(page, "/login", 0, Map.of("username", name, "password", "lifeline"), List.of()));
        }
        return page;
    }

    private URI decide(HttpResponse<String> page, List<String> unticked, boolean deny) {
        return leadsTo(submit(page, "/oauth2/authorize", deny ? 1 : 0, Map.of(), unticked));
    }

    private HttpResponse<String> submit(
            HttpResponse<String> page, String action, int number, Map<String, String> filledIn, List<String> unticked) {
        Matcher form = Pattern.compile("<form[^>]*action=\"" + Pattern.quote(action) + "\".*?</form>", Pattern.DOTALL)
                .matcher(page.body());
        for (int i = 0; i <= number; i++) {
            if (!form.find()) {
                throw new AssertionError("no form to " + action + " at " + page.uri() + ": " + page.body());
            }
        }
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        Matcher field = FIELD.matcher(form.group());
        while (field.find()) {
            String value = HtmlUtils.htmlUnescape(field.group(2));
            if (!unticked.contains(value) && !filledIn.containsKey(field.group(1))) {
                fields.add(Map.entry(field.group(1), value));
            }
        }
        fields.addAll(filledIn.entrySet());
        String body = fields.stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(page.uri().resolve(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Follows within the provider. */
    private HttpResponse<String> follow(HttpResponse<String> response) {
        HttpResponse<String> last = response;
        while (last.headers().firstValue("Location").isPresent()) {
            last = send(HttpRequest.newBuilder(leadsTo(last)));
        }
        return last;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.header("Accept", "text/html,*/*").build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
