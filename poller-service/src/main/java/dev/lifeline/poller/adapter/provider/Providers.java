package dev.lifeline.poller.adapter.provider;

import dev.lifeline.poller.application.Provider;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;

/** The providers of an installation, made from its settings. */
public final class Providers {

    private Providers() {}

    /** By id. The HTTP client is shared; nothing is called yet. */
    public static Map<String, Provider> of(Map<String, ProviderSettings> settings, Clock clock) {
        Map<String, Provider> providers = new TreeMap<>();
        return Map.copyOf(providers);
    }
}
