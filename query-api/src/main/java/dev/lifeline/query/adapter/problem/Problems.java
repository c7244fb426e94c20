package dev.lifeline.query.adapter.problem;

import dev.lifeline.events.rule.MalformedException;
import dev.lifeline.query.application.AwayException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The one place where a failure becomes an answer. Only what nobody foresaw is logged; what callers do wrong is not. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Problems implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(Problems.class);
    private static final String SECONDS_UNTIL_RETRY = "1";

    private final JsonMapper json;

    Problems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(failure);
        }
        return write(exchange, problem(failure, exchange.getRequest().getPath().value()), failure);
    }

    private static Problem problem(Throwable failure, String path) {
        return switch (failure) {
            case ProblemException known -> Problem.of(known, path);
            case MalformedException malformed ->
                Problem.of(ProblemException.malformed(String.valueOf(malformed.getMessage())), path);
            case AwayException away ->
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, away.getMessage() + " Try again in a moment.", path);
            case ServerWebInputException input -> Problem.of(HttpStatus.BAD_REQUEST, detail(input), path);
            case ResponseStatusException refused -> {
                HttpStatus status = HttpStatus.valueOf(refused.getStatusCode().value());
                yield Problem.of(status, detail(refused, status), path);
            }
            default -> {
                log.error("{} failed", path, withoutAddress(failure));
                yield Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "Something is wrong on our side.", path);
            }
        };
    }

    /** Reactor notes the whole address of the request on a failure, and with it what must not be in a log, such as codes. */
    private static Throwable withoutAddress(Throwable failure) {
        Throwable bare = new IllegalStateException(failure.toString(), failure.getCause());
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }

    private static String detail(ServerWebInputException input) {
        MethodParameter parameter = input.getMethodParameter();
        if (parameter == null) {
            return "The request is not understood.";
        }
        if (parameter.hasParameterAnnotation(RequestBody.class)) {
            return "The body is missing; send JSON.";
        }
        return field(parameter)
                + (parameter.getParameterType() == UUID.class ? " is not a UUID." : " is not understood.");
    }

    private static String field(MethodParameter parameter) {
        PathVariable variable = parameter.getParameterAnnotation(PathVariable.class);
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        String named = variable != null ? variable.name() : query != null ? query.name() : "";
        return named.isEmpty() ? String.valueOf(parameter.getParameterName()) : named;
    }

    private static String detail(ResponseStatusException refused, HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> String.valueOf(ProblemException.notFound().detail());
            case METHOD_NOT_ALLOWED ->
                refused instanceof MethodNotAllowedException wrong
                        ? "This address takes " + methods(wrong) + "."
                        : "This address does not take that method.";
            case UNSUPPORTED_MEDIA_TYPE ->
                "The content type of the body is not understood; send Content-Type: application/json.";
            case CONTENT_TOO_LARGE -> "The body is too large; send less at once.";
            case NOT_ACCEPTABLE -> "This address has nothing of the kind that the header Accept asks for.";
            default -> Optional.ofNullable(refused.getReason()).orElse(status.getReasonPhrase() + ".");
        };
    }

    private static String methods(MethodNotAllowedException wrong) {
        return wrong.getSupportedMethods().stream()
                .map(HttpMethod::name)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private Mono<Void> write(ServerWebExchange exchange, Problem problem, Throwable failure) {
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        response.setRawStatusCode(problem.status());
        headers.clearContentHeaders();
        boolean page = ProblemPage.isFor(exchange.getRequest(), problem.status());
        headers.setContentType(
                page ? new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8) : MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        switch (failure) {
            case AwayException away -> headers.set(HttpHeaders.RETRY_AFTER, SECONDS_UNTIL_RETRY);
            case MethodNotAllowedException wrong -> headers.setAllow(wrong.getSupportedMethods());
            default -> {
                if (problem.status() == HttpStatus.UNAUTHORIZED.value()) {
                    headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                }
            }
        }
        byte[] body = page
                ? ProblemPage.html(problem.status()).getBytes(StandardCharsets.UTF_8)
                : json.writeValueAsBytes(problem);
        DataBuffer buffer = response.bufferFactory().wrap(body);
        headers.setContentLength(body.length);
        return HttpMethod.HEAD.equals(exchange.getRequest().getMethod())
                ? response.setComplete()
                : response.writeWith(Mono.just(buffer));
    }
}
