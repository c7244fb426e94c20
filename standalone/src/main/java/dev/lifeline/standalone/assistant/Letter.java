package dev.lifeline.standalone.assistant;

/**
 * A message in the inbox, as far as the assistant looks at it.
 *
 * @param from who sent it, as in the header
 * @param listed whether it came by a list that can be left ({@code List-Unsubscribe})
 */
record Letter(String id, String from, String subject, boolean listed) {}
