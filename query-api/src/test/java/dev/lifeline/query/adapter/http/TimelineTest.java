package dev.lifeline.query.adapter.http;

import static dev.lifeline.query.ReadModelTables.TEN;
import static dev.lifeline.query.TestIssuer.People.ALICE;
import static dev.lifeline.query.TestIssuer.People.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.AutonomyEvent.AutonomySettingsUpdated;
import dev.lifeline.events.AutonomySettings;
import dev.lifeline.events.Codec;
import dev.lifeline.events.Operator;
import dev.lifeline.events.TrustTier;
import dev.lifeline.query.AutonomyRows;
import dev.lifeline.query.Program;
import dev.lifeline.query.Program.Reply;
import dev.lifeline.query.RunningQuery;
import dev.lifeline.query.RunningQuery.Surroundings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TimelineTest {

    private final Surroundings here = RunningQuery.shared();

    @BeforeEach
    void seven_changes() {
        here.tables().clear();
        for (int second = 0; second < 5; second++) {
            here.tables().change(ALICE.id(), second, "condition_changed", "gmail");
        }
        // Two at the same moment.
        here.tables().change(ALICE.id(), 4, "disabled", "google-calendar");
        here.tables().change(BOB.id(), 3, "removed", "gmail");
    }

    private JsonNode page(@Nullable String before, int limit) {
        return page(before, limit, null);
    }

    private JsonNode page(@Nullable String before, int limit, @Nullable String about) {
        return Objects.requireNonNull(here.service()
                .http(here.issuer().token(ALICE))
                .get()
                .uri(uri -> uri.path("/api/users/{id}/timeline")
                        .queryParam("limit", limit)
                        .queryParamIfPresent("before", Optional.ofNullable(before))
                        .queryParamIfPresent("about", Optional.ofNullable(about))
                        .build(ALICE.id()))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(JsonNode.class)
                .returnResult()
                .getResponseBody());
    }

    @Test
    void is_the_users_own_newest_first() {
        JsonNode page = page(null, 50);

        assertThat(page.get("asOf").asString()).isNotEmpty();
        assertThat(page.get("items")).hasSize(6);
        assertThat(page.get("next").isNull()).isTrue();
        JsonNode newest = page.get("items").get(0);
        assertThat(newest.get("at").asString()).isEqualTo(TEN.plusSeconds(4).toString());
        assertThat(newest.get("kind").asString()).isEqualTo("disabled");
        assertThat(newest.get("connector").asString()).isEqualTo("google-calendar");
        assertThat(newest.get("from").asString()).isEqualTo("ok");
        assertThat(newest.get("to").asString()).isEqualTo("needs_reauth");
        assertThat(newest.get("errorCode").asString()).isEqualTo("invalid_grant");
        assertThat(newest.propertyNames())
                .containsExactly("id", "at", "kind", "connector", "subject", "description", "from", "to", "errorCode");
    }

    @Test
    void pages_miss_nothing_and_repeat_nothing() {
        List<JsonNode> all = new ArrayList<>();
        String before = null;
        do {
            JsonNode page = page(before, 1);
            page.get("items").forEach(all::add);
            before = page.get("next").isNull() ? null : page.get("next").asString();
        } while (before != null);

        List<JsonNode> atOnce = new ArrayList<>();
        page(null, 200).get("items").forEach(atOnce::add);
        assertThat(all).isEqualTo(atOnce);
        assertThat(all.stream().map(line -> line.get("id").asString())).doesNotHaveDuplicates();
    }

    @Test
    void refuses_the_cursor_of_approvals_and_names_its_own() {
        Reply reply = Program.of(ALICE).get("/api/users/" + ALICE.id() + "/timeline?after=x");
        assertThat(reply.refusal()).startsWith("400").endsWith("in pages with before.");
    }

    @Test
    void what_happens_meanwhile_does_not_move_the_pages() {
        JsonNode first = page(null, 2);
        here.tables().change(ALICE.id(), 9, "connected", "gmail");

        JsonNode second = page(first.get("next").asString(), 2);

        assertThat(second.get("items").get(0).get("at").asString())
                .isEqualTo(TEN.plusSeconds(3).toString());
    }

    @Test
    void what_the_operator_held_back_is_in_everybodys() {
        here.tables().change(Operator.ID, 7, "operator_paused", "none");
        here.tables().change(Operator.ID, 8, "command_rejected", "none");

        JsonNode page = page(null, 50);

        assertThat(page.get("items")).hasSize(7);
        assertThat(page.at("/items/0/kind").asString()).isEqualTo("operator_paused");
    }

    @Test
    void of_connectors_alone_has_no_word_of_actions() {
        here.tables().act(ALICE.id(), 7, "approval_requested", "email.archive");
        here.tables().change(Operator.ID, 8, "operator_paused", "none");

        JsonNode all = page(null, 50);
        JsonNode page = page(null, 2, "connectors");

        assertThat(all.at("/items/1/subject").asString()).isEqualTo("email.archive");
        assertThat(page.at("/items/0/at").asString())
                .isEqualTo(TEN.plusSeconds(4).toString());
        assertThat(page(page.get("next").asString(), 50, "connectors").get("items"))
                .hasSize(4);
    }

    @Test
    void what_people_wrote_is_told_in_their_words() {
        UUID decisionId = UUID.randomUUID();
        AutonomyRows rows = new AutonomyRows(here.tables());
        rows.decided(ALICE.id(), decisionId, AutonomyRows.action("email", "Archive \"x\\u0000\""), 1);
        here.tables().tells(ALICE.id(), 7, "approval_requested", "{\"decisionId\":\"" + decisionId + "\"}");
        here.tables().tells(ALICE.id(), 8, "user_paused", "{\"reason\":\"on holiday\"}");
        here.tables().tells(ALICE.id(), 9, "approval_withdrawn", "{\"reason\":\"voided\"}");

        JsonNode items = page(null, 4).get("items");

        assertThat(items)
                .extracting(item -> item.get("description").asString(null))
                .containsExactly(null, "on holiday", "Archive \"x\\u0000\"", null);
    }

    @Test
    void rules_are_told_by_the_name_that_people_gave_them() {
        here.tables().tells(ALICE.id(), 7, "policy_changed", "{\"policy\":{\"name\":\"Newsletters\"}}");
        here.tables().tells(ALICE.id(), 8, "policy_removed", "{\"name\":\"Newsletters\"}");
        here.tables().tells(ALICE.id(), 9, "policy_removed", "{\"policyId\":\"" + UUID.randomUUID() + "\"}");

        assertThat(page(null, 3).get("items"))
                .extracting(item -> item.get("description").asString(null))
                .containsExactly(null, "Newsletters", "Newsletters");
    }

    @Test
    void a_change_of_settings_says_which_and_what_they_were() {
        AutonomySettings set = new AutonomySettings(
                TrustTier.SUGGEST, 5_000L, null, List.of("email"), List.of(), true, null, "Europe/Berlin");
        tellsOfSettings(7, set, AutonomySettings.UNSET);
        tellsOfSettings(8, set, null);

        JsonNode items = page(null, 2).get("items");

        assertThat(items.get(0).has("changes")).isFalse();
        assertThat(items.at("/1/changes")).hasToString("""
                [{"setting":"maxSpendPerActionCents","from":null,"to":5000},\
                {"setting":"allowedDomains","from":[],"to":["email"]},\
                {"setting":"timeZone","from":"UTC","to":"Europe/Berlin"}]""");
    }

    private void tellsOfSettings(int second, AutonomySettings settings, @Nullable AutonomySettings before) {
        AutonomySettingsUpdated event =
                new AutonomySettingsUpdated(ALICE.id(), UUID.randomUUID(), settings, before, second, second);
        here.tables()
                .tells(
                        ALICE.id(),
                        second,
                        "settings_changed",
                        new String(new Codec().encode(event), StandardCharsets.UTF_8));
    }
}
