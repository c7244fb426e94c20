package dev.lifeline.bench.detect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser: signs in and consents through the pages, as people do. */
final class Visitor implements AutoCloseable {

    private static final Pattern INPUT =
            Pattern.compile("<input type=\"(?:hidden|checkbox)\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final URI lifeline;
    private final HttpClient browser = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    Visitor(URI lifeline) {
        this.lifeline = lifeline;
    }

    void signIn(String name) throws Exception {
        HttpResponse<String> page = open("/login");
        List<String> fields = fields(page.body());
        fields.add("username=" + name);
        fields.add("password=lifeline");
        arrive(submit(page.uri().resolve("/login"), fields));
    }

    /** Connects, or reconnects, and allows what the provider's page asks for. */
    void consent(String connector) throws Exception {
        HttpResponse<String> page = open("/connect/" + connector);
        String form = page.body().substring(0, Math.max(0, page.body().indexOf("</form>")));
        arrive(submit(page.uri().resolve("/oauth2/authorize"), fields(form)));
    }

    private HttpResponse<String> open(String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(lifeline.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> submit(URI form, List<String> fields) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(form)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("&", fields)))
                .build();
        return browser.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** It ends on Lifeline's own page, with nothing to complain about. */
    private void arrive(HttpResponse<String> page) {
        boolean home = page.uri().getPort() == lifeline.getPort()
                && page.statusCode() == 200
                && !String.valueOf(page.uri().getQuery()).contains("notice");
        if (!home) {
            throw new IllegalStateException("ended at " + page.uri().getPath() + " with " + page.statusCode());
        }
    }

    private static List<String> fields(String form) {
        List<String> fields = new ArrayList<>();
        Matcher input = INPUT.matcher(form);
        while (input.find()) {
            fields.add(input.group(1) + "=" + URLEncoder.encode(unescaped(input.group(2)), UTF_8));
        }
        return fields;
    }

    private static String unescaped(String attribute) {
        return attribute.replace("&#x3D;", "=").replace("&#61;", "=").replace("&amp;", "&");
    }

    @Override
    public void close() {
        browser.close();
    }
}
