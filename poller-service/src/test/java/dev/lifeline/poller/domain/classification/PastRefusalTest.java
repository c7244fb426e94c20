package dev.lifeline.poller.domain.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ConnectorEvent.OAuthRefreshFailed;
import dev.lifeline.events.FailureClass;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That all is there for all answers is in {@link ClassificationProperties}. */
class PastRefusalTest {
    private static final String DEAD = "{\"error\":\"invalid_grant\"}";

    private static OAuthRefreshFailed older(String provider, ProviderKind kind) {
        Verdict verdict = Published.verdict(kind, 400, DEAD);
        return Published.older(Published.refusal(new UUID(0, 1), provider, verdict), verdict.rulesVersion());
    }

    @ParameterizedTest
    @CsvSource({"google,GOOGLE", "sandbox,GOOGLE", "slack,SLACK", "github,GITHUB"})
    void of_an_older_writer_is_judged_by_what_the_provider_is_known_as(String provider, ProviderKind kind) {
        assertThat(PastRefusal.of(older(provider, kind)))
                .isInstanceOfSatisfying(
                        PastRefusal.Judgeable.class,
                        past -> assertThat(past.evidence().kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource({"microsoft,MICROSOFT,aadsts", "acme,GENERIC,providerKind"})
    void of_an_older_writer_may_lack_what_a_rule_can_look_at(String provider, ProviderKind kind, String field) {
        assertThat(PastRefusal.of(older(provider, kind))).isEqualTo(new PastRefusal.Lacking(field));
    }

    @Test
    void of_a_kind_that_a_later_release_knows_can_not_be_judged() {
        OAuthRefreshFailed e = older("acme", ProviderKind.GENERIC);
        OAuthRefreshFailed later = new OAuthRefreshFailed(
                e.userId(),
                e.connectorName(),
                e.provider(),
                e.grantId(),
                e.generation(),
                e.attempt(),
                e.consecutiveFailures(),
                e.nextPollIn(),
                e.failureClass(),
                e.errorCode(),
                e.permanent(),
                e.rule(),
                e.rulesVersion(),
                e.httpStatus(),
                e.error(),
                e.errorSubtype(),
                e.description(),
                "acme",
                null);
        assertThat(PastRefusal.of(later)).isEqualTo(new PastRefusal.Lacking("providerKind"));
    }

    @Test
    void that_the_poller_found_by_itself_is_no_rules() {
        Verdict own = new Verdict(
                FailureClass.REAUTH,
                "no_refresh_token",
                null,
                "no_refresh_token",
                null,
                Verdict.OWN,
                0,
                null,
                null,
                null,
                null,
                List.of());
        assertThat(PastRefusal.of(Published.refusal(own))).isEqualTo(new PastRefusal.OwnFinding());
    }

    @Test
    void keeps_all_numbers_of_microsoft() {
        Verdict verdict = Published.verdict(
                ProviderKind.MICROSOFT, 400, "{\"error\":\"invalid_grant\",\"error_codes\":[999999,53003,50173]}");
        assertThat(PastRefusal.of(Published.refusal(verdict)))
                .isInstanceOfSatisfying(
                        PastRefusal.Judgeable.class,
                        past -> assertThat(past.evidence().aadsts()).containsExactly("999999", "53003", "50173"));
    }

    @Test
    void after_a_lost_rotation_is_that_only_while_the_user_has_to_act() {
        Verdict lost = Published.verdict(ProviderKind.GOOGLE, 400, DEAD).rotationLost();
        PastRefusal.Judgeable past = (PastRefusal.Judgeable) PastRefusal.of(Published.refusal(lost));
        RuleTable others = RuleTable.parse("""
                | mine | any | error | invalid_grant | ADMIN | | |
                | rest | any | status | * | TRANSIENT | http_ | |
                """);
        assertThat(past.judge(RuleTable.TOKEN_ENDPOINT).errorCode()).isEqualTo("rotation_lost");
        assertThat(past.judge(others).errorCode()).isEqualTo("invalid_grant");
    }
}
