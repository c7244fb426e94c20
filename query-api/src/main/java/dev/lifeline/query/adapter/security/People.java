package dev.lifeline.query.adapter.security;

import dev.lifeline.events.UserIds;
import dev.lifeline.query.application.Person;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.ClaimAccessor;

/** What the claims of a token say about a person. */
final class People {

    private static final Set<String> KNOWN_ROLES = Set.of("operator", "auditor");

    private People() {}

    static Person person(ClaimAccessor claims) {
        String subject = Objects.requireNonNull(claims.getClaimAsString("sub"), "sub");
        String issuer = Objects.requireNonNull(claims.getClaimAsString("iss"), "iss");
        Set<String> roles = new LinkedHashSet<>(words(claims.getClaim("roles")));
        roles.retainAll(KNOWN_ROLES);
        return new Person(UserIds.of(issuer, subject), name(claims, subject), roles);
    }

    /** Whether a scope was granted, in whichever form issuers write it down. */
    static boolean hasScope(ClaimAccessor claims, String scope) {
        return Stream.of("scope", "scp")
                .anyMatch(claim -> words(claims.getClaim(claim)).contains(scope));
    }

    private static String name(ClaimAccessor claims, String subject) {
        return Stream.of("name", "preferred_username", "email")
                .map(claims::getClaimAsString)
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .orElse(subject);
    }

    /** A list of words, or words in one text; anything else has none. */
    private static List<String> words(@Nullable Object claim) {
        if (claim instanceof Collection<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return claim instanceof String text ? List.of(text.trim().split("\\s+")) : List.of();
    }
}
