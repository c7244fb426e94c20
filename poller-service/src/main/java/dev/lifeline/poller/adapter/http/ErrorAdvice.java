package dev.lifeline.poller.adapter.http;

import dev.lifeline.poller.application.UnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Answers what went wrong as problem details, or as a page where a person waits. */
@RestControllerAdvice
public final class ErrorAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAdvice.class);

    private final Answers answers;

    ErrorAdvice(Answers answers) {
        this.answers = answers;
    }

    @ExceptionHandler
    ResponseEntity<Object> unavailable(UnavailableException e, ServerHttpRequest request) {
        LOG.info("{} was answered with 503: {}", request.getPath(), e.getMessage());
        return answers.refusal(Explanation.unavailable(), null, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> bug(RuntimeException e, ServerHttpRequest request) {
        LOG.error("{} failed for a reason of our own", request.getPath(), e);
        return answers.problem(
                HttpStatus.INTERNAL_SERVER_ERROR, "Our mistake", "It was recorded; trying again may help.", request);
    }

    @Override
    protected Mono<ResponseEntity<Object>> createResponseEntity(
            @Nullable Object body, @Nullable HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
        ProblemDetail problem = body instanceof ProblemDetail detail ? detail : ProblemDetail.forStatus(status);
        return Mono.just(answers.problem(problem, exchange.getRequest()));
    }
}
