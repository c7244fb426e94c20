package dev.lifeline.sandbox.fault;

import dev.lifeline.sandbox.SandboxProperties;
import dev.lifeline.sandbox.consent.Tokens;
import dev.lifeline.sandbox.fault.RequestCounts.Asked;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before refresh and the APIs: counts who asks for what, then answers as the mode has it, or lets the request
 * through. It stands before all else so that an answer is exactly the one that was asked for.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FaultFilter extends OncePerRequestFilter {

    private static final String BEARER = "bearer ";

    private final Faults faults;
    private final RequestCounts counts;
    private final Duration slowAnswer;
    private final CountDownLatch stopped = new CountDownLatch(1);

    FaultFilter(Faults faults, RequestCounts counts, SandboxProperties properties) {
        this.faults = faults;
        this.counts = counts;
        this.slowAnswer = properties.slowAnswer();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Asked> asked = asked(request);
        if (asked.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        accountOf(request, asked.get()).ifPresent(account -> counts.count(asked.get(), account));
        Mode mode = faults.mode();
        if (mode.name() == Mode.Name.SLOW && stopsBeforeItAnswers()) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        if (!FaultAnswers.answered(mode, asked.get(), response)) {
            chain.doFilter(request, response);
        }
    }

    /** What waits would else hold up the stop of the server, and then go on in one that is no more. */
    @EventListener(ContextClosedEvent.class)
    void stop() {
        stopped.countDown();
    }

    private static Optional<Asked> asked(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (path.startsWith("/gmail/")) {
            return Optional.of(Asked.MAIL);
        }
        if (path.startsWith("/calendar/")) {
            return Optional.of(Asked.CALENDAR);
        }
        boolean refresh = path.equals("/oauth2/token") && "refresh_token".equals(request.getParameter("grant_type"));
        return refresh ? Optional.of(Asked.TOKEN) : Optional.empty();
    }

    private static Optional<String> accountOf(HttpServletRequest request, Asked asked) {
        String token = asked == Asked.TOKEN ? request.getParameter("refresh_token") : bearer(request);
        return Optional.ofNullable(token).flatMap(Tokens::accountIn);
    }

    private static @Nullable String bearer(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        boolean isBearer = header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return isBearer ? header.substring(BEARER.length()).strip() : null;
    }

    /** Waits as long as a slow answer takes, but no longer than the server runs. */
    private boolean stopsBeforeItAnswers() throws IOException {
        try {
            return stopped.await(slowAnswer.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the provider stops", e);
        }
    }
}
