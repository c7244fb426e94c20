package dev.lifeline.sandbox.control;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Refusals of the control interface, as problem details. */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(assignableTypes = {ControlController.class, AssistantController.class})
final class ControlErrorAdvice {

    @ExceptionHandler
    void refused(ControlRefusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problems.write(request, response, refusal.status(), refusal.field(), refusal.detail());
    }
}
