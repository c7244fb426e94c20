package dev.lifeline.sandbox.page;

import java.util.Map;
import java.util.Objects;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ResponseStatusException;

/** Refusals of the pages, as a page. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(basePackageClasses = PageErrorAdvice.class)
final class PageErrorAdvice {

    private final Templates templates;

    PageErrorAdvice(Templates templates) {
        this.templates = templates;
    }

    @ExceptionHandler
    ResponseEntity<String> refused(ResponseStatusException refusal) {
        HttpStatus status = HttpStatus.valueOf(refusal.getStatusCode().value());
        return page(status, Objects.requireNonNullElse(refusal.getReason(), ""));
    }

    @ExceptionHandler
    ResponseEntity<String> incomplete(MissingServletRequestParameterException refusal) {
        return page(HttpStatus.BAD_REQUEST, refusal.getParameterName() + " is missing.");
    }

    private ResponseEntity<String> page(HttpStatus status, String detail) {
        return templates.page(status, "error", Map.of("title", status.getReasonPhrase(), "detail", detail));
    }
}
