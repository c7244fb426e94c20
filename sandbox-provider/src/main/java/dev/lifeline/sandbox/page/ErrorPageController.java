package dev.lifeline.sandbox.page;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page for what went wrong. */
@RestController
final class ErrorPageController implements ErrorController {

    private final Templates templates;

    ErrorPageController(Templates templates) {
        this.templates = templates;
    }

    @RequestMapping("/error")
    ResponseEntity<String> error(HttpServletRequest request) {
        HttpStatus status = Optional.ofNullable(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE))
                .map(code -> HttpStatus.resolve((Integer) code))
                .orElse(HttpStatus.NOT_FOUND);
        Object message = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
        return templates.page(
                status,
                "error",
                Map.of(
                        "title",
                        status.getReasonPhrase(),
                        "detail",
                        message == null || status.is5xxServerError() ? "" : message));
    }
}
