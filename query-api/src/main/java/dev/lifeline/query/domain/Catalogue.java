package dev.lifeline.query.domain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The connectors that can be had, in the order in which they are shown.
 *
 * @param offers without two of the same name
 */
public record Catalogue(List<Offer> offers) {

    /**
     * One of them.
     *
     * @param name as in routes and rows, such as {@code google-calendar}
     * @param label as people read it, such as {@code Google Calendar}
     * @param provider at whose authorization page it is connected
     */
    public record Offer(String name, String label, String provider) {}

    public Catalogue {
        Map<String, Offer> byName = new LinkedHashMap<>();
        for (Offer offer : offers) {
            if (byName.put(offer.name(), offer) != null) {
                throw new IllegalArgumentException("the connector " + offer.name() + " is offered twice");
            }
        }
        offers = List.copyOf(byName.values());
    }

    public Optional<Offer> offer(String name) {
        return offers.stream().filter(offer -> offer.name().equals(name)).findFirst();
    }

    /** What people call it; its name where it is no longer offered. */
    public String label(String name) {
        return offer(name).map(Offer::label).orElse(name);
    }
}
