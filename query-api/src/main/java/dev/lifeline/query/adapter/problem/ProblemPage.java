package dev.lifeline.query.adapter.problem;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** What is refused, for people: a page in the look of the dashboard, where a browser came to an address by itself. */
final class ProblemPage {

    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%1$s · Lifeline</title>
            <link rel="icon" href="/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/css/tokens.css">
            <link rel="stylesheet" href="/css/base.css">
            <link rel="stylesheet" href="/css/controls.css">
            </head>
            <body>
            <main id="content">
            <div class="headline"><h1>%1$s</h1><p>%2$s</p></div>
            <p><a class="button" href="/">To the dashboard</a></p>
            </main>
            </body>
            </html>
            """;

    private ProblemPage() {}

    /** Whether it is a person who reads the answer. The API is for programs, whatever they accept. */
    static boolean isFor(ServerHttpRequest request, int status) {
        return HttpMethod.GET.equals(request.getMethod())
                && (status == HttpStatus.NOT_FOUND.value() || status == HttpStatus.SERVICE_UNAVAILABLE.value())
                && !request.getPath().value().startsWith("/api/")
                && request.getHeaders().getAccept().stream().anyMatch(MediaType.TEXT_HTML::equalsTypeAndSubtype);
    }

    static String html(int status) {
        return status == HttpStatus.NOT_FOUND.value()
                ? PAGE.formatted("There is nothing here", "The address is wrong, or what it led to is gone.")
                : PAGE.formatted("Lifeline can not answer at the moment", "Try it again in a moment.");
    }
}
