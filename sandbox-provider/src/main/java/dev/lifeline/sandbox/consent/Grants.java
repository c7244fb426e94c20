package dev.lifeline.sandbox.consent;

import dev.lifeline.sandbox.consent.Grant.AccessToken;
import dev.lifeline.sandbox.state.StateFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The grants that stand. As at Google, a further consent for the same client adds a grant and ends none, the oldest of
 * too many ends silently, and revoking ends all that an account gave to a client.
 */
@Component
public class Grants {

    private static final int MOST_PER_CLIENT = 100;

    private final StateFile state;
    private final Clock clock;

    Grants(StateFile state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    /** A grant and the access token by which it was found. */
    public record Found(Grant grant, AccessToken accessToken) {}

    /** The tokens of a new grant; the only time that they are seen. */
    public record Issued(Grant grant, String accessToken, String refreshToken, AccessToken details) {}

    /** Gives an account's consent without a browser, as somebody clicking through the page would. */
    public Issued issue(String account, String clientId, Set<String> scopes, Duration accessTokenLife) {
        Instant now = clock.instant();
        String accessToken = Tokens.newAccessToken(account);
        String refreshToken = Tokens.newRefreshToken(account);
        AccessToken details = new AccessToken(Tokens.fingerprint(accessToken), scopes, now, now.plus(accessTokenLife));
        Grant grant = new Grant(
                UUID.randomUUID().toString(),
                account,
                clientId,
                scopes,
                now,
                Tokens.fingerprint(refreshToken),
                List.of(details));
        add(grant);
        return new Issued(grant, accessToken, refreshToken, details);
    }

    /** Adds a grant. */
    public void add(Grant grant) {
        state.change(before -> {
            List<Grant> after = new ArrayList<>(before.grants());
            Predicate<Grant> sameClient = each ->
                    each.account().equals(grant.account()) && each.clientId().equals(grant.clientId());
            if (after.stream().filter(sameClient).count() >= MOST_PER_CLIENT) {
                after.stream().filter(sameClient).findFirst().ifPresent(after::remove);
            }
            after.add(grant);
            return before.withGrants(after);
        });
    }

    /** Notes an access token that was made for a grant; nothing when the grant has ended meanwhile. */
    public void issued(String grantId, AccessToken token) {
        Instant now = clock.instant();
        replaceEach(grant -> grant.id().equals(grantId) ? grant.with(token, now) : grant);
    }

    /** The grant of that id, while it stands. */
    public Optional<Grant> find(String id) {
        return all().stream().filter(grant -> grant.id().equals(id)).findFirst();
    }

    /** The grant that a refresh token stands for. */
    public Optional<Grant> ofRefreshToken(String token) {
        String fingerprint = Tokens.fingerprint(token);
        return all().stream()
                .filter(grant -> grant.refreshToken().equals(fingerprint))
                .findFirst();
    }

    /** The grant that an access token stands for, while that is valid. */
    public Optional<Found> ofAccessToken(String token) {
        String fingerprint = Tokens.fingerprint(token);
        Instant now = clock.instant();
        return all().stream()
                .flatMap(grant -> grant.accessTokens().stream()
                        .filter(each -> each.fingerprint().equals(fingerprint) && each.validAt(now))
                        .map(each -> new Found(grant, each)))
                .findFirst();
    }

    /** What that account gave, oldest first. */
    public List<Grant> of(String account) {
        return all().stream().filter(grant -> grant.account().equals(account)).toList();
    }

    /** All scopes that an account's grants give to a client. */
    public Set<String> scopes(String account, String clientId) {
        return of(account).stream()
                .filter(grant -> grant.clientId().equals(clientId))
                .flatMap(grant -> grant.scopes().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Ends all that the account gave to a client; how many grants that were. */
    public int revoke(String account, String clientId) {
        return removeIf(
                grant -> grant.account().equals(account) && grant.clientId().equals(clientId));
    }

    /** Ends all that the account gave to anybody; how many grants that were. */
    public int revokeAll(String account) {
        return removeIf(grant -> grant.account().equals(account));
    }

    private int removeIf(Predicate<Grant> ended) {
        int before = all().size();
        List<Grant> after = state.change(was -> was.withGrants(
                        was.grants().stream().filter(ended.negate()).toList()))
                .grants();
        return before - after.size();
    }

    private void replaceEach(UnaryOperator<Grant> change) {
        state.change(was -> was.withGrants(was.grants().stream().map(change).toList()));
    }

    private List<Grant> all() {
        return state.current().grants();
    }
}
