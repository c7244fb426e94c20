package dev.lifeline.poller.adapter.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.springframework.web.util.HtmlUtils;

/**
 * A page that says what did not work and what to do. Plain HTML with one style and no script; {@link #POLICY} allows exactly
 * that.
 *
 * @param title what did not work
 * @param advice what to do now
 * @param detail a word for whoever is asked for help; empty when there is none
 */
record Page(String title, String advice, String detail) {

    private static final String STYLE = """
            :root{color-scheme:light dark}\
            body{margin:0;min-height:100vh;display:grid;place-items:center;\
            font:1rem/1.6 system-ui,sans-serif;background:Canvas;color:CanvasText}\
            main{max-width:34rem;padding:2rem 1.25rem}\
            h1{font-size:1.4rem;line-height:1.3;margin:0 0 1rem}\
            p{margin:0 0 1rem}\
            .detail{font-size:.875rem;opacity:.75}\
            a{display:inline-block;padding:.6rem 1rem;border:1px solid currentColor;border-radius:.5rem;\
            color:inherit;text-decoration:none;font-weight:600}\
            a:focus-visible{outline:3px solid Highlight;outline-offset:2px}""";

    /** The Content-Security-Policy under which the page is complete. */
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE)
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The page, with a way back to the dashboard. */
    String html(String dashboard) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s - Lifeline</title>
                <style>%2$s</style>
                </head>
                <body>
                <main>
                <h1>%1$s</h1>
                <p>%3$s</p>
                %4$s<p><a href="%5$s">Back to the dashboard</a></p>
                </main>
                </body>
                </html>
                """.formatted(
                        HtmlUtils.htmlEscape(title),
                        STYLE,
                        HtmlUtils.htmlEscape(advice),
                        detail.isEmpty() ? "" : "<p class=\"detail\">" + HtmlUtils.htmlEscape(detail) + "</p>\n",
                        HtmlUtils.htmlEscape(dashboard));
    }

    private static String hash(String style) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
