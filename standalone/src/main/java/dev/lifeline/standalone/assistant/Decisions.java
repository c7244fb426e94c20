package dev.lifeline.standalone.assistant;

import tools.jackson.databind.JsonNode;

/** What Lifeline lets one person's assistant do. Every method throws {@link NoAnswerException} when it can not be known now. */
interface Decisions {

    /** Proposes an action; the same action again is the same decision, as it stands by then. */
    Decision propose(JsonNode action);

    /** Whether it may be done, now. */
    boolean admit(String decisionId);

    /** Says what came of it. */
    void complete(String decisionId, boolean succeeded);

    /**
     * What was decided.
     *
     * @param state how far it is, such as {@code waiting}
     */
    record Decision(String decisionId, String state) {}
}
