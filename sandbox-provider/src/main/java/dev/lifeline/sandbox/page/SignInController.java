package dev.lifeline.sandbox.page;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page to sign in. */
@RestController
final class SignInController {

    private final Templates templates;

    SignInController(Templates templates) {
        this.templates = templates;
    }

    @GetMapping("/login")
    ResponseEntity<String> signIn(
            @RequestParam(required = false) @Nullable String error,
            @RequestParam(name = "signed-out", required = false) @Nullable String signedOut,
            CsrfToken csrf) {
        return templates.page("sign-in", csrf, Map.of("wrong", error != null, "signedOut", signedOut != null));
    }
}
