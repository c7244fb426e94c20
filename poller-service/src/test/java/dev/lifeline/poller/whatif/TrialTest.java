package dev.lifeline.poller.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.FailureClass;
import dev.lifeline.events.SourcePosition;
import dev.lifeline.poller.domain.classification.Evidence;
import dev.lifeline.poller.domain.classification.ProviderKind;
import dev.lifeline.poller.domain.classification.Published;
import dev.lifeline.poller.domain.classification.RuleTable;
import dev.lifeline.poller.whatif.Outcome.Change;
import dev.lifeline.poller.whatif.Outcome.Example;
import dev.lifeline.poller.whatif.Outcome.Ruling;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final RuleTable IN_FORCE = RuleTable.TOKEN_ENDPOINT;
    private static final RuleTable OTHERS = RuleTable.ofTokenEndpoint("""
            | tenant | any | says | tenant is locked | ADMIN | tenant_locked | |
            """ + RuleTable.tokenEndpointFile());
    private static final UUID USER = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final String DEAD = "{\"error\":\"invalid_grant\",\"error_description\":\"Token was revoked.\"}";
    private static final String LOCKED = "{\"error\":\"invalid_grant\",\"error_description\":\"Tenant is locked.\"}";

    private final Trial trial = new Trial(OTHERS, IN_FORCE);
    private long offset;

    private static OAuthRefreshFailed refusal(String body) {
        return Published.refusal(USER, "google", Published.verdict(ProviderKind.GOOGLE, 400, body));
    }

    private void take(OAuthRefreshFailed... events) {
        for (OAuthRefreshFailed event : events) {
            trial.take(
                    new SourcePosition("lifeline.connector.events", 0, offset), Instant.ofEpochSecond(offset++), event);
        }
    }

    private Outcome outcome() {
        return trial.outcome(offset, 0, 0);
    }

    @Test
    void tells_from_what_to_what_and_how_often_and_where() {
        take(refusal(LOCKED), refusal(DEAD), refusal(LOCKED), refusal(LOCKED), refusal(LOCKED));
        Outcome outcome = outcome();
        assertThat(outcome.judged()).isEqualTo(5);
        assertThat(outcome.changed()).isEqualTo(4);
        assertThat(outcome.changes()).singleElement().satisfies(change -> {
            assertThat(change.from()).isEqualTo(new Ruling(FailureClass.REAUTH, "invalid_grant"));
            assertThat(change.to()).isEqualTo(new Ruling(FailureClass.ADMIN, "tenant_locked"));
            assertThat(change.rule()).isEqualTo("tenant");
            assertThat(change.count()).isEqualTo(4);
            assertThat(change.examples())
                    .extracting(example -> example.at().offset())
                    .containsExactly(4L, 3L, 2L);
        });
    }

    @Test
    void changes_nothing_by_the_same_rules() {
        Trial same = new Trial(IN_FORCE, IN_FORCE);
        same.take(new SourcePosition("t", 0, 0), Instant.EPOCH, refusal(LOCKED));
        assertThat(same.outcome(1, 0, 0).changed()).isZero();
    }

    @Test
    void says_by_which_version_they_were_judged_and_what_has_changed_already() {
        OAuthRefreshFailed then = Published.older(
                Published.refusal(
                        USER,
                        "google",
                        RuleTable.parse("| rest | any | status | * | TRANSIENT | | |")
                                .judge(evidence(), null)),
                "0ld");
        take(then, refusal(DEAD));
        Outcome outcome = outcome();
        assertThat(outcome.judgedBy()).isEqualTo(Map.of("0ld", 1L, IN_FORCE.version(), 1L));
        assertThat(outcome.changes())
                .singleElement()
                .extracting(Change::from, Change::to, Change::alreadyInForce)
                .containsExactly(
                        new Ruling(FailureClass.TRANSIENT, "invalid_grant"),
                        new Ruling(FailureClass.REAUTH, "invalid_grant"),
                        1L);
        assertThat(outcome.changes().getFirst().examples())
                .singleElement()
                .extracting(Example::rulesVersion)
                .isEqualTo("0ld");
    }

    private static Evidence evidence() {
        return new Evidence(ProviderKind.GOOGLE, 400, "invalid_grant", null, List.of(), List.of(), null);
    }

    @Test
    void counts_what_can_not_be_judged_again() {
        OAuthRefreshFailed microsoft =
                Published.refusal(USER, "microsoft", Published.verdict(ProviderKind.MICROSOFT, 400, DEAD));
        take(Published.older(microsoft, "0ld"), Published.older(refusal(DEAD), "poller"), microsoft);
        assertThat(outcome().lacking()).isEqualTo(Map.of("aadsts", 1L));
        assertThat(outcome().ownFindings()).isEqualTo(1);
        assertThat(outcome().refusals()).isEqualTo(3);
        assertThat(outcome().judged()).isEqualTo(1);
    }

    @Test
    void is_told_in_words() {
        take(refusal(LOCKED), refusal(DEAD), Published.older(refusal(DEAD), "poller"));
        assertThat(Report.of(trial.outcome(1_204, 1, 2), "mine.md"))
                .containsExactly(
                        "3 refusals in 1,204 records; 2 can be judged again.",
                        "1 the poller found by itself: no rule has a say in them.",
                        "1 record could not be read.",
                        "2 records of a later release passed over.",
                        "They were judged by version " + IN_FORCE.version() + " (in force): 2.",
                        "",
                        "By mine.md (version " + OTHERS.version() + ") 1 would be judged otherwise:",
                        "",
                        "     1  REAUTH invalid_grant -> ADMIN tenant_locked, by rule tenant",
                        "        lifeline.connector.events-0@0  1970-01-01T00:00:00Z  mail of " + USER
                                + " at google: 400 invalid_grant, \"Tenant is locked.\"; was judged by dead-grant of "
                                + IN_FORCE.version());
    }
}
