package dev.lifeline.standalone.settings;

import java.net.URI;

/** Against whom Lifeline runs. */
public sealed interface Mode {

    /** Against its own sandbox provider on loopback, with demo users. */
    record Sandbox() implements Mode {}

    /**
     * For people who have accounts: Google's services as connectors, sign-in by an OpenID issuer; no demo users, no
     * control interface, no tokens from the command line.
     */
    record Real(Client google, URI issuer, Client signIn) implements Mode {}

    /** An OAuth client's id and secret. */
    record Client(String id, String secret) {

        /** Leaves the secret out. */
        @Override
        public String toString() {
            return "Client[" + id + "]";
        }
    }
}
