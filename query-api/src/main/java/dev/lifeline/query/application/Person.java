package dev.lifeline.query.application;

import java.util.Set;
import java.util.UUID;

/**
 * Whom the issuer vouched for.
 *
 * @param name as people call him
 * @param roles as the issuer gave them: {@code operator}, {@code auditor}
 */
public record Person(UUID userId, String name, Set<String> roles) {

    public Person {
        roles = Set.copyOf(roles);
    }
}
