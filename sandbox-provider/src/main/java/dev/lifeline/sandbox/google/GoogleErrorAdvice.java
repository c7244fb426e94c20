package dev.lifeline.sandbox.google;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Refusals of the APIs, in Google's shape. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(
        assignableTypes = {GmailController.class, GmailMessagesController.class, CalendarController.class})
final class GoogleErrorAdvice {

    @ExceptionHandler
    void refused(GoogleException refusal, HttpServletResponse response) throws IOException {
        refusal.error().write(response);
    }

    @ExceptionHandler({
        MissingServletRequestParameterException.class,
        MethodArgumentTypeMismatchException.class,
        HttpMessageNotReadableException.class
    })
    void notUnderstood(HttpServletResponse response) throws IOException {
        GoogleErrors.INVALID_ARGUMENT.write(response);
    }
}
