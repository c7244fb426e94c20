package dev.lifeline.poller.adapter.http;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Answers to browsers that are on their way to consent and back: a redirect, a page for people, problem details (RFC 9457)
 * for programs. None is cached, and none tells the next site where it came from.
 */
final class Answers {

    static final String COOKIE = "lifeline_connect";

    /** RFC 9457 section 4.2.1: the title says what the status does. Spring leaves it out. */
    private static final URI NO_TYPE_OF_ITS_OWN = URI.create("about:blank");

    private final URI publicUrl;

    Answers(URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    ResponseEntity<Object> redirect(URI to) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .headers(headers())
                .location(to)
                .build();
    }

    /**
     * Back to the dashboard, with something to say; pairs of names and values. The cookie stays: a consent may be under way
     * in another tab, and it ends no other.
     */
    ResponseEntity<Object> dashboard(String... query) {
        UriComponentsBuilder to = UriComponentsBuilder.fromUri(publicUrl).replacePath("/");
        Object[] values = new Object[query.length / 2];
        for (int i = 0; i < query.length; i += 2) {
            to.queryParam(query[i], "{" + i + "}");
            values[i / 2] = query[i + 1];
        }
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .headers(headers())
                .location(to.encode().buildAndExpand(values).toUri())
                .build();
    }

    /** Says what did not work and what to do. */
    ResponseEntity<Object> refusal(Explanation explanation, @Nullable String code, ServerHttpRequest request) {
        if (wantsPage(request)) {
            String detail = harmless(code).isEmpty() ? "" : "The provider called it: " + harmless(code);
            Page page = new Page(explanation.title(), explanation.advice(), detail);
            return ResponseEntity.status(explanation.status())
                    .headers(headers())
                    .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
                    .body(page.html(publicUrl.resolve("/").toString()));
        }
        return problem(explanation.status(), explanation.title(), explanation.advice(), request);
    }

    ResponseEntity<Object> problem(HttpStatus status, String title, String detail, ServerHttpRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setTitle(title);
        return problem(problem, request);
    }

    ResponseEntity<Object> problem(ProblemDetail problem, ServerHttpRequest request) {
        problem.setType(Objects.requireNonNullElse(problem.getType(), NO_TYPE_OF_ITS_OWN));
        problem.setInstance(URI.create(request.getURI().getRawPath()));
        problem.setProperty("error", problem.getDetail());
        return ResponseEntity.status(problem.getStatus())
                .headers(headers())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }

    private static HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.setCacheControl(CacheControl.noStore());
        headers.set("Content-Security-Policy", Page.POLICY);
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        return headers;
    }

    private static boolean wantsPage(ServerHttpRequest request) {
        return request.getHeaders().getOrEmpty(HttpHeaders.ACCEPT).stream()
                .anyMatch(accept -> accept.toLowerCase(Locale.ROOT).contains(MediaType.TEXT_HTML_VALUE));
    }

    /** The code may come from a callback that anybody can have made up. */
    private static String harmless(@Nullable String code) {
        return code != null && code.matches("[A-Za-z0-9_.-]{1,64}") ? code : "";
    }
}
