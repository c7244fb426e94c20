package dev.lifeline.standalone.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AssistingTest {

    private static final Letter NEWSLETTER = new Letter("m-1", "weekly@harbour.example", "Ten walks", true);
    private static final Letter QUESTION = new Letter("m-2", "Nora <nora@example.net>", "Thursday?", false);
    private static final Letter NEWS = new Letter("m-3", "Sam <sam@example.net>", "I am back.", false);

    private final Inbox mail = new Inbox();
    private final Funnel lifeline = new Funnel();
    private final Assisting assistant = new Assisting("alice", mail, lifeline);
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    @Nested
    class what_it_proposes {

        @Test
        void newsletters_are_archived_which_can_be_undone() {
            JsonNode action = Proposal.about(NEWSLETTER).orElseThrow().action("alice");

            assertThat(action.path("actionType").asString()).isEqualTo("email.archive");
            assertThat(action.path("reversible").asBoolean()).isTrue();
            assertThat(action.path("provenance").asString()).isEqualTo("trusted_context");
            assertThat(action.at("/risk/overall").asString()).isEqualTo("low");
        }

        @Test
        void questions_are_answered_which_can_not_be_undone_and_came_from_outside() {
            JsonNode action = Proposal.about(QUESTION).orElseThrow().action("alice");

            assertThat(action.path("actionType").asString()).isEqualTo("email.reply");
            assertThat(action.path("reversible").asBoolean()).isFalse();
            assertThat(action.path("provenance").asString()).isEqualTo("untrusted_external");
            assertThat(action.at("/parameters/subject").asString()).isEqualTo("Re: Thursday?");
        }

        @Test
        void the_rest_is_left_alone() {
            assertThat(Proposal.about(NEWS)).isEmpty();
        }

        @Test
        void an_action_has_one_id_for_ever_and_each_person_has_her_own() {
            Proposal proposal = Proposal.about(NEWSLETTER).orElseThrow();

            assertThat(proposal.action("alice")).isEqualTo(proposal.action("alice"));
            assertThat(proposal.action("alice").path("actionId"))
                    .isNotEqualTo(proposal.action("bob").path("actionId"));
        }
    }

    @Test
    void does_at_once_what_it_is_admitted_to_do_and_says_so() {
        mail.holds(NEWSLETTER);
        lifeline.state = "open";

        rounds(2);
        assertThat(mail.done).containsExactly("archived m-1");
        assertThat(lifeline.completed).containsExactly("succeeded");
    }

    @Test
    void what_waits_is_proposed_again_now_and_then_and_done_once_it_is_approved() {
        mail.holds(QUESTION);
        lifeline.state = "waiting";
        rounds(10);
        assertThat(mail.done).isEmpty();
        assertThat(lifeline.proposed).hasSizeBetween(3, 4);
        assertThat(Set.copyOf(lifeline.proposed)).hasSize(1);

        lifeline.state = "approved";
        rounds(5);
        assertThat(mail.done).containsExactly("sent Re: Thursday? to Nora <nora@example.net>");
        assertThat(lifeline.completed).containsExactly("succeeded");
    }

    @Test
    void what_is_refused_at_admission_is_not_done_and_tried_again_later() {
        mail.holds(NEWSLETTER);
        lifeline.state = "open";
        lifeline.admits = false;
        rounds(5);
        assertThat(mail.done).isEmpty();

        lifeline.admits = true;
        rounds(5);
        assertThat(mail.done).containsExactly("archived m-1");
    }

    @Test
    void nothing_is_done_while_lifeline_does_not_answer() {
        mail.holds(NEWSLETTER);
        lifeline.away = true;
        assertThatThrownBy(() -> assistant.round(now)).isInstanceOf(NoAnswerException.class);
        assertThat(mail.done).isEmpty();

        lifeline.away = false;
        lifeline.state = "open";
        rounds(5);
        assertThat(mail.done).containsExactly("archived m-1");
    }

    @Test
    void what_was_rejected_denied_or_has_expired_is_over() {
        for (String state : List.of("rejected", "denied", "expired", "refused")) {
            Letter letter = new Letter("m-" + state, "weekly@harbour.example", "Walks", true);
            mail.holds(letter);
            lifeline.proposed.clear();
            lifeline.state = state;
            rounds(10);
            assertThat(lifeline.proposed).as(state).hasSize(1);
        }
        assertThat(mail.done).isEmpty();
    }

    @Test
    void an_effect_that_fails_is_told_and_not_tried_again() {
        mail.holds(QUESTION);
        mail.away = true;
        lifeline.state = "approved";
        rounds(10);
        assertThat(lifeline.completed).containsExactly("failed");
    }

    /** A pause may have come since: an old admission is no leave to do it now. */
    @Test
    void after_a_restart_in_the_middle_it_asks_anew_to_archive() {
        mail.holds(NEWSLETTER);
        lifeline.state = "admitted";
        lifeline.stateAfterCompletion = "waiting";
        rounds(10);
        assertThat(mail.done).isEmpty();
        assertThat(lifeline.completed).containsExactly("failed");

        lifeline.state = "open";
        rounds(5);
        assertThat(mail.done).containsExactly("archived m-1");
    }

    @Test
    void after_a_restart_in_the_middle_it_sends_nothing_twice() {
        mail.holds(QUESTION);
        lifeline.state = "admitted";
        rounds(10);
        assertThat(mail.done).isEmpty();
        assertThat(lifeline.completed).containsExactly("failed");
    }

    @Test
    void what_was_not_archived_in_the_end_is_asked_for_anew_a_few_times() {
        mail.holds(NEWSLETTER);
        lifeline.state = "completed";
        rounds(10);
        assertThat(lifeline.proposed).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void what_has_left_the_inbox_is_no_longer_asked_about() {
        mail.holds(NEWSLETTER);
        lifeline.state = "waiting";
        rounds(1);
        mail.letters.clear();
        rounds(10);
        assertThat(lifeline.proposed).hasSize(1);
    }

    private void rounds(int count) {
        for (int n = 0; n < count; n++) {
            assistant.round(now);
            now = now.plusSeconds(1);
        }
    }

    private static final class Inbox implements Mail {

        private final Map<String, Letter> letters = new LinkedHashMap<>();
        private final List<String> done = new ArrayList<>();
        private boolean away;

        void holds(Letter letter) {
            letters.put(letter.id(), letter);
        }

        @Override
        public List<String> inbox(int most) {
            return letters.keySet().stream().limit(most).toList();
        }

        @Override
        public Letter read(String id) {
            return new HashMap<>(letters).computeIfAbsent(id, none -> {
                throw new NoAnswerException(none, 404);
            });
        }

        @Override
        public void archive(String id) {
            act("archived " + id);
            letters.remove(id);
        }

        @Override
        public void send(String to, String subject, String text) {
            act("sent " + subject + " to " + to);
        }

        private void act(String what) {
            if (away) {
                throw new NoAnswerException(what, 503);
            }
            done.add(what);
        }
    }

    private static final class Funnel implements Decisions {

        private final List<JsonNode> proposed = new ArrayList<>();
        private final List<String> completed = new ArrayList<>();
        private final Set<String> over = new HashSet<>();
        private String state = "open";
        private @Nullable String stateAfterCompletion;
        private boolean admits = true;
        private boolean away;

        @Override
        public Decision propose(JsonNode action) {
            if (away) {
                throw new NoAnswerException("actions", 503);
            }
            proposed.add(action);
            String id = action.path("actionId").asString();
            return new Decision(id, over.contains(id) ? "completed" : state);
        }

        @Override
        public boolean admit(String decisionId) {
            return admits;
        }

        @Override
        public void complete(String decisionId, boolean succeeded) {
            over.add(decisionId);
            completed.add(succeeded ? "succeeded" : "failed");
            state = Objects.requireNonNullElse(stateAfterCompletion, state);
        }
    }
}
