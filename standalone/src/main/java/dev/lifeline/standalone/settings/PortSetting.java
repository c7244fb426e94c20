package dev.lifeline.standalone.settings;

/** A port to listen at, with the variable that chooses it. */
public record PortSetting(String name, String host, int port) {}
