package dev.lifeline.sandbox.mailbox;

/** A message that was sent from an account. It goes nowhere. */
public record Sent(String to, String subject, String text) {}
