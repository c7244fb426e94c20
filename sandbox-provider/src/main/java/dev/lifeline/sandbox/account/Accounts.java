package dev.lifeline.sandbox.account;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The accounts that there are. All have the same password, {@link #PASSWORD}: nothing here is anybody's. */
public final class Accounts {

    public static final String PASSWORD = "lifeline";

    private static final List<Account> ALL = List.of(
            account("alice", "11111111-1111-4111-8111-111111111111", List.of()),
            account("bob", "22222222-2222-4222-8222-222222222222", List.of()),
            account("ops", "99999999-9999-4999-8999-999999999999", List.of("operator")),
            account("auditor", "88888888-8888-4888-8888-888888888888", List.of("auditor")));

    private Accounts() {}

    public static List<Account> all() {
        return ALL;
    }

    /** The account of that name. */
    public static Optional<Account> named(String name) {
        return ALL.stream().filter(account -> account.name().equals(name)).findFirst();
    }

    /** The account that signs in with that: its name or its address. */
    public static Optional<Account> signingInAs(String nameOrEmail) {
        return ALL.stream()
                .filter(account ->
                        account.name().equals(nameOrEmail) || account.email().equals(nameOrEmail))
                .findFirst();
    }

    /** The account whose subject that is; {@link IllegalArgumentException} when it is nobody's. */
    public static Account ofSubject(String subject) {
        return ALL.stream()
                .filter(account -> account.subject().toString().equals(subject))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no account has the subject " + subject));
    }

    private static Account account(String name, String subject, List<String> roles) {
        return new Account(name, UUID.fromString(subject), name + "@example.org", roles);
    }
}
