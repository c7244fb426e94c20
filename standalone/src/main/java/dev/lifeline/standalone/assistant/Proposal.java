package dev.lifeline.standalone.assistant;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the assistant would do about a letter. */
sealed interface Proposal {

    Letter letter();

    /** The action as Lifeline takes it. Its id comes of the letter, so that it is the same after a restart. */
    JsonNode action(String user);

    void carryOut(Mail mail);

    /**
     * The same under another id, for one that came to no good end; empty where doing it twice is more than doing it once, and
     * after a few times.
     */
    Optional<Proposal> anew();

    /** What comes by a list is archived, what asks something is answered, and the rest is left alone. */
    static Optional<Proposal> about(Letter letter) {
        if (letter.listed()) {
            return Optional.of(new Archive(letter, 0));
        }
        return letter.subject().endsWith("?") ? Optional.of(new Reply(letter)) : Optional.empty();
    }

    /**
     * Can be undone, and by what the person wants done with newsletters.
     *
     * @param before how often it was proposed under another id
     */
    record Archive(Letter letter, int before) implements Proposal {

        private static final int MOST = 3;

        @Override
        public JsonNode action(String user) {
            return JsonMapper.shared()
                    .valueToTree(Map.ofEntries(
                            Map.entry(
                                    "actionId",
                                    idOf(user, before == 0 ? "email.archive" : "email.archive/" + before, letter)),
                            Map.entry("actionType", "email.archive"),
                            Map.entry("description", "Archive \"" + letter.subject() + "\""),
                            Map.entry("domain", "email"),
                            Map.entry("connector", "gmail"),
                            Map.entry("parameters", Map.of("messageId", letter.id(), "from", letter.from())),
                            Map.entry("estimatedCostCents", 0),
                            Map.entry("reversible", true),
                            Map.entry("provenance", "trusted_context"),
                            Map.entry("urgency", "low"),
                            Map.entry("risk", risk("low", "negligible", "negligible"))));
        }

        @Override
        public void carryOut(Mail mail) {
            mail.archive(letter.id());
        }

        @Override
        public Optional<Proposal> anew() {
            return before + 1 == MOST ? Optional.empty() : Optional.of(new Archive(letter, before + 1));
        }
    }

    /** What was sent can not be called back, and somebody from outside has asked for it. */
    record Reply(Letter letter) implements Proposal {

        private static final String TEXT = "Thank you, I have read this and come back to you soon.";

        @Override
        public JsonNode action(String user) {
            return JsonMapper.shared()
                    .valueToTree(Map.ofEntries(
                            Map.entry("actionId", idOf(user, "email.reply", letter)),
                            Map.entry("actionType", "email.reply"),
                            Map.entry("description", "Answer \"" + letter.subject() + "\""),
                            Map.entry("domain", "email"),
                            Map.entry("connector", "gmail"),
                            Map.entry(
                                    "parameters",
                                    Map.of(
                                            "messageId", letter.id(),
                                            "to", letter.from(),
                                            "subject", subject(),
                                            "text", TEXT)),
                            Map.entry("estimatedCostCents", 0),
                            Map.entry("reversible", false),
                            Map.entry("provenance", "untrusted_external"),
                            Map.entry("urgency", "normal"),
                            Map.entry("risk", risk("moderate", "high", "moderate"))));
        }

        @Override
        public void carryOut(Mail mail) {
            mail.send(letter.from(), subject(), TEXT);
        }

        @Override
        public Optional<Proposal> anew() {
            return Optional.empty();
        }

        private String subject() {
            return "Re: " + letter.subject();
        }
    }

    private static String idOf(String user, String what, Letter letter) {
        String name = user + "/" + what + "/" + letter.id();
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Map<String, Object> risk(String overall, String reversibility, String relationship) {
        return Map.of(
                "overall",
                overall,
                "dimensions",
                Map.of(
                        "reversibility", reversibility,
                        "financial_impact", "negligible",
                        "legal_sensitivity", "negligible",
                        "privacy_sensitivity", "low",
                        "relationship_sensitivity", relationship,
                        "operational_risk", "low"));
    }
}
