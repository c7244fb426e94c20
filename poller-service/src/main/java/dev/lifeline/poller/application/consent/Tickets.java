package dev.lifeline.poller.application.consent;

import java.util.Optional;

/** Reads tickets as they come with a request. */
public interface Tickets {

    /** The ticket; empty when it was not signed for us, lacks something, was made for something else, or has expired. */
    Optional<Ticket> read(String text);
}
