package dev.lifeline.policy.adapter.http;

import dev.lifeline.events.UnreadableMessageException;
import dev.lifeline.events.rule.MalformedException;
import dev.lifeline.policy.application.UnavailableException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The one place where a failure becomes an answer. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Problems implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private final JsonMapper json = new JsonMapper();

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        Problem problem = problem(failure, exchange.getRequest().getPath().value());
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        response.setRawStatusCode(problem.status());
        headers.clearContentHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        if (failure instanceof MethodNotAllowedException wrong) {
            headers.setAllow(wrong.getSupportedMethods());
        } else if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        } else if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.value()) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        return response.writeWith(Mono.just(response.bufferFactory().wrap(json.writeValueAsBytes(problem))));
    }

    /** Where no field is named, it is the body itself. */
    private static String ofBody(String wrong) {
        return wrong.startsWith("not ") ? "The body is " + wrong + "." : wrong;
    }

    private static String detail(ResponseStatusException refused, HttpStatus status) {
        return switch (refused) {
            case MethodNotAllowedException wrong -> "This address takes " + methods(wrong) + ".";
            case UnsupportedMediaTypeStatusException wrong ->
                "The content type of the body is not understood; send Content-Type: application/json.";
            default ->
                switch (status) {
                    case NOT_FOUND -> ProblemException.notFound().detail();
                    case BAD_REQUEST -> "The request is not understood.";
                    default -> status.getReasonPhrase() + ".";
                };
        };
    }

    private static String methods(MethodNotAllowedException wrong) {
        return wrong.getSupportedMethods().stream()
                .map(HttpMethod::name)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Problem problem(Throwable failure, String path) {
        return switch (failure) {
            case ProblemException known -> Problem.of(known, path);
            case MalformedException malformed ->
                Problem.of(HttpStatus.BAD_REQUEST, String.valueOf(malformed.getMessage()), path);
            case UnreadableMessageException unreadable ->
                Problem.of(HttpStatus.BAD_REQUEST, ofBody(String.valueOf(unreadable.getMessage())), path);
            case DataBufferLimitException large ->
                Problem.of(HttpStatus.CONTENT_TOO_LARGE, "The body is too large; parameters may have 64 KiB.", path);
            case UnavailableException away -> {
                log.info("{} was answered with 503: {}", path, away.getMessage());
                yield Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "It can not be decided at the moment, and nothing is done. Try again in a moment.",
                        path);
            }
            case ResponseStatusException refused -> {
                HttpStatus status = HttpStatus.valueOf(refused.getStatusCode().value());
                yield Problem.of(status, detail(refused, status), path);
            }
            default -> {
                log.error("{} failed", path, failure);
                yield Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "Something is wrong on our side.", path);
            }
        };
    }
}
