package dev.lifeline.sandbox.account;

import java.util.List;
import java.util.UUID;

/**
 * A person's account at the provider.
 *
 * @param name what they sign in with
 * @param subject the identifier that tokens carry ({@code sub}); never changes
 * @param email the address of the account
 * @param roles what they are at Lifeline, such as {@code operator}; empty for most
 */
public record Account(String name, UUID subject, String email, List<String> roles) {

    public Account {
        roles = List.copyOf(roles);
    }
}
