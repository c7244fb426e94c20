package dev.lifeline.poller.adapter.http;

import dev.lifeline.poller.application.consent.BeginConsent;
import dev.lifeline.poller.application.consent.BeginConsent.Begun;
import dev.lifeline.poller.application.consent.CompleteConsent;
import dev.lifeline.poller.application.consent.CompleteConsent.Callback;
import dev.lifeline.poller.application.consent.CompleteConsent.Completed;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The two stations of a consent on our side: on the way to the provider, and on the way back. */
@RestController
@RequestMapping("/oauth/{provider}")
public final class ConnectController {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectController.class);

    private final BeginConsent begin;
    private final CompleteConsent complete;
    private final Answers answers;

    ConnectController(BeginConsent begin, CompleteConsent complete, Answers answers) {
        this.begin = begin;
        this.complete = complete;
        this.answers = answers;
    }

    @GetMapping("/authorize")
    ResponseEntity<Object> authorize(
            @PathVariable String provider,
            @RequestParam(required = false) @Nullable String ticket,
            @CookieValue(name = Answers.COOKIE, required = false) @Nullable String nonce,
            ServerHttpRequest request) {
        return switch (begin.begin(provider, ticket, nonce)) {
            case Begun.Redirect redirect -> answers.redirect(redirect.to());
            case Begun.Refused refused -> answers.refusal(Explanation.of(refused.why()), null, request);
            case Begun.NoProvider none -> noProvider(request);
        };
    }

    @GetMapping("/callback")
    ResponseEntity<Object> callback(
            @PathVariable String provider,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String code,
            @RequestParam(required = false) @Nullable String error,
            @CookieValue(name = Answers.COOKIE, required = false) @Nullable String nonce,
            ServerHttpRequest request) {
        return switch (complete.complete(provider, new Callback(state, code, error), nonce)) {
            case Completed.Connected connected ->
                answers.dashboard(Stream.concat(
                                connected.connectors().stream().flatMap(name -> Stream.of("connected", name)),
                                connected.lacking().stream().flatMap(name -> Stream.of("lacking", name)))
                        .toArray(String[]::new));
            case Completed.Denied denied -> answers.dashboard("notice", "access_denied");
            case Completed.OtherAccount other ->
                answers.dashboard("notice", "other_account", "expected", other.expected(), "got", other.got());
            case Completed.Refused refused -> {
                LOG.info("A consent at {} did not come about: {}", provider, refused.why());
                yield answers.refusal(Explanation.of(refused.why()), refused.code(), request);
            }
            case Completed.NoProvider none -> noProvider(request);
        };
    }

    private ResponseEntity<Object> noProvider(ServerHttpRequest request) {
        return answers.problem(
                HttpStatus.NOT_FOUND, "Unknown provider", "There is no provider of that name here.", request);
    }
}
