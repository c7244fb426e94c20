package dev.lifeline.poller.scene;

import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.application.Accounts;
import dev.lifeline.poller.application.Poll;
import dev.lifeline.poller.application.Provider;
import dev.lifeline.poller.application.TokenEndpoint;
import dev.lifeline.poller.domain.classification.TokenOutcome;
import dev.lifeline.poller.domain.classification.Tokens;
import dev.lifeline.poller.domain.classification.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider that answers as it is told to. By itself it accepts the access tokens that it gave last to each refresh token,
 * and renews any refresh token.
 */
public final class FakeProvider implements TokenEndpoint, Accounts {

    public static final String ID = "fake";

    private final AtomicInteger serial = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final List<String> refreshes = new CopyOnWriteArrayList<>();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final List<String> revoked = new CopyOnWriteArrayList<>();
    private volatile Function<String, TokenOutcome> onRefresh = this::renew;
    private volatile Function<String, TokenOutcome> onExchange = code -> new TokenOutcome.Granted(tokens("of-" + code));
    private volatile @Nullable Function<String, Poll.Outcome> onRead;
    private volatile Identified identity = new Identified.Account("nobody", "nobody@example.org");
    private volatile @Nullable Authorization asked;
    private volatile Duration lastRefreshWithin = Duration.ZERO;
    private final Map<String, Function<String, Poll.Outcome>> onReadOf = new ConcurrentHashMap<>();

    /** As the poller is configured with it: an API for each of those names. */
    public Provider provider(String... apis) {
        Map<String, Poll> polls = new ConcurrentHashMap<>();
        for (String api : apis) {
            polls.put(api, (token, cursor, within) -> read(api, token));
        }
        return new Provider(ID, this, this, polls);
    }

    /** Lets refreshes be answered like that from now on; the argument is the refresh token. */
    public void onRefresh(Function<String, TokenOutcome> answer) {
        onRefresh = answer;
    }

    /** Lets readings be answered like that from now on; the argument is the access token. */
    public void onRead(Function<String, Poll.Outcome> answer) {
        onRead = answer;
    }

    /** Lets readings of one API be answered like that from now on. */
    public void onRead(String api, Function<String, Poll.Outcome> answer) {
        onReadOf.put(api, answer);
    }

    /** Refuses readings like that from now on. */
    public void refuseReading(FailureClass failureClass, String code, int status, @Nullable Duration retryAfter) {
        onRead(token -> new Poll.Outcome.Refused(verdict(failureClass, code, status, retryAfter), false));
    }

    /** Lets codes be redeemed like that from now on. */
    public void onExchange(Function<String, TokenOutcome> answer) {
        onExchange = answer;
    }

    /** Whose account it says it is from now on. */
    public void identifies(Identified answer) {
        identity = answer;
    }

    /** What it was asked for last. */
    public Authorization asked() {
        return Objects.requireNonNull(asked, "nobody was sent here");
    }

    /** Behaves by itself again. */
    public void behave() {
        onReadOf.clear();
        onExchange = code -> new TokenOutcome.Granted(tokens("of-" + code));
        onRefresh = this::renew;
        onRead = null;
    }

    /** Accepts no access token that is out. */
    public void endAccessTokens() {
        accepted.clear();
    }

    /** A new access token, which is accepted; no new refresh token. */
    public TokenOutcome renew(String refreshToken) {
        return new TokenOutcome.Granted(tokens(null));
    }

    /** Tokens of which the access token is accepted. */
    public Tokens tokens(@Nullable String refreshToken) {
        String access = "access-" + serial.incrementAndGet();
        accepted.add(access);
        return new Tokens(access, refreshToken, Duration.ofHours(1), null, null);
    }

    /** The refresh tokens that were sent, in order. */
    public List<String> refreshes() {
        return List.copyOf(refreshes);
    }

    /** How long the last refresh might take. */
    public Duration lastRefreshWithin() {
        return lastRefreshWithin;
    }

    public int reads() {
        return reads.get();
    }

    public List<String> revoked() {
        return List.copyOf(revoked);
    }

    public static TokenOutcome refusal(FailureClass failureClass, String code, int status) {
        return new TokenOutcome.Refused(verdict(failureClass, code, status, null));
    }

    public static Verdict verdict(FailureClass failureClass, String code, int status, @Nullable Duration retryAfter) {
        return new Verdict(
                failureClass, code, retryAfter, "test", null, "1", status, code, null, null, null, List.of());
    }

    @Override
    public URI authorizationUri(Authorization authorization) {
        asked = authorization;
        return URI.create("https://provider.example/authorize");
    }

    @Override
    public TokenOutcome exchange(String code, String codeVerifier, URI redirectUri, Duration within) {
        return onExchange.apply(code);
    }

    @Override
    public TokenOutcome refresh(String refreshToken, Duration within) {
        refreshes.add(refreshToken);
        lastRefreshWithin = within;
        return onRefresh.apply(refreshToken);
    }

    @Override
    public boolean revoke(String token, Duration within) {
        return revoked.add(token);
    }

    @Override
    public Identified identify(Tokens tokens, @Nullable String nonce, Duration within) {
        return identity;
    }

    private Poll.Outcome read(String api, String accessToken) {
        int number = reads.incrementAndGet();
        Function<String, Poll.Outcome> answer = onReadOf.getOrDefault(api, onRead);
        if (answer != null) {
            return answer.apply(accessToken);
        }
        return accepted.contains(accessToken)
                ? new Poll.Outcome.Read(1, "cursor-" + number)
                : new Poll.Outcome.Refused(verdict(FailureClass.TRANSIENT, "unauthorized", 401, null), true);
    }
}
