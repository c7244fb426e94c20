package dev.lifeline.standalone.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.lifeline.standalone.e2e.Agent.Proposal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A stop is always a stop, and nothing is lost by it. */
@ExtendWith(Lifelines.class)
class BrakeSpec {

    private static final String DANGEROUS = "Delete the account at the book shop";
    private static final String OPERATOR_SAYS = "The mail provider loses letters";

    private final Running lifeline;
    private final Api api;
    private final Agent agent;
    private final Person alice;

    BrakeSpec(Running lifeline) {
        this.lifeline = lifeline;
        api = Api.of(lifeline.up(), "alice");
        agent = new Agent(api);
        alice = lifeline.signedIn("alice");
    }

    @BeforeEach
    void the_agent_is_trusted() {
        api.trust("moderate_autonomy");
        alice.sees("Both connections are fine");
    }

    @AfterEach
    void as_it_was() {
        alice.close();
        api.forgetAll();
    }

    @Test
    void a_pause_stops_the_rest_of_a_batch_in_every_tab() {
        List<Proposal> batch = IntStream.rangeClosed(1, 12)
                .mapToObj(number -> agent.proposes("Archive newsletter " + number))
                .toList();
        assertThat(batch.subList(0, 4)).extracting(Proposal::begin).containsOnly("admitted");
        Page other = alice.anotherTab();
        alice.goTo("Settings");
        alice.button("Pause…").click();
        alice.page().getByLabel("Reason").fill("on holiday");
        alice.says("Pause");
        assertThat(other.locator(".banner.red")).containsText("You paused it at ");
        assertThat(other.locator(".banner.red"))
                .containsText(": “on holiday”. Actions wait in Approvals until you resume.");
        assertThat(other.locator("timeline-list")).containsText("You paused auto-execution");
        assertThat(alice.banner()).hasClass("banner red");

        assertThat(batch.subList(4, 12)).extracting(Proposal::begin).containsOnly("paused_by_user");
        batch.subList(0, 4).forEach(Proposal::done);
        assertThat(agent.proposes("Archive newsletter 13").reason()).isEqualTo("paused_by_user");
        alice.goTo("Approvals");
        assertThat(alice.page().getByText("9 actions are waiting.")).isVisible();
        assertThat(alice.card("Archive newsletter 13")).containsText("You have paused auto-execution;");
        alice.photograph("story-paused");

        alice.banner().getByRole(AriaRole.BUTTON).click();
        alice.says("Resume");
        alice.seesNoBanner();
        assertThat(other.locator(".banner")).hasCount(0);
        assertThat(alice.headline().locator("+ p")).hasText("Nothing is waiting.");
        assertThat(batch.subList(4, 12)).extracting(Proposal::state).containsOnly("open");
        assertThat(batch.subList(4, 12)).extracting(Proposal::begin).containsOnly("admitted");
    }

    @Test
    void operator_and_user_pause_together_and_each_lifts_his_own() {
        try (Person ops = lifeline.signedIn("ops");
                Person bob = lifeline.signedIn("bob")) {
            api.put(api.own("/autonomy-pause"), "{\"paused\": true, \"reason\": \"on holiday\"}");
            ops.goTo("Operator");
            ops.button("Pause…").click();
            ops.page().getByLabel("Reason").fill(OPERATOR_SAYS);
            ops.says("Pause");

            assertThat(alice.banner()).hasCount(2);
            assertThat(alice.banner().first()).containsText("The operator says: “" + OPERATOR_SAYS + "”.");
            assertThat(alice.banner().first().getByRole(AriaRole.BUTTON)).hasCount(0);
            assertThat(alice.banner().last()).containsText("“on holiday”");
            assertThat(api.get(api.own("/autonomy-state")).path("reason").asString())
                    .isEqualTo(OPERATOR_SAYS);
            assertThat(bob.banner()).hasCount(1);
            assertThat(bob.banner()).containsText(OPERATOR_SAYS);
            alice.photograph("story-paused-twice");

            Proposal proposal = agent.proposes("Archive a newsletter");
            assertThat(proposal.reason()).isEqualTo("paused_by_operator");
            alice.banner().getByRole(AriaRole.BUTTON).click();
            alice.says("Resume");
            assertThat(alice.banner()).hasCount(1);
            assertThat(proposal.begin()).isEqualTo("paused_by_operator");
            assertThat(alice.page().locator("autonomy-card")).containsText("One action is waiting.");
            ops.photograph("story-operator");
            ops.button("Resume Everybody").click();
            ops.says("Resume");
            alice.seesNoBanner();
            bob.seesNoBanner();
            assertThat(alice.page().locator("autonomy-card")).containsText("Nothing is waiting.", Person.patiently());
            assertThat(proposal.state()).isEqualTo("open");
        } finally {
            Api.of(lifeline.up(), "ops").put("/api/ops/autonomy-pause", "{\"paused\": false}");
        }
    }

    @Test
    void what_is_dangerous_takes_two_confirmations_and_is_nobody_elses_to_see() {
        Proposal proposal = agent.proposes(DANGEROUS, "account.delete", false, "critical");
        alice.goTo("Approvals");
        assertThat(alice.card(DANGEROUS)).containsText("It may destroy more than can be mended.");
        alice.button("Approve: " + DANGEROUS).click();
        assertThat(alice.button("Yes, do it: " + DANGEROUS)).isDisabled();
        assertThat(proposal.begin()).isNotEqualTo("admitted");
        alice.photograph("story-dangerous");
        alice.button("Yes, do it: " + DANGEROUS).click(); // as soon as it can be clicked
        assertThat(alice.page().getByText("Approved: " + DANGEROUS)).isVisible();
        assertThat(proposal.state()).isEqualTo("approved");
        assertThat(proposal.begin()).isEqualTo("admitted");

        Api bob = Api.of(lifeline.up(), "bob");
        Stream.of("/autonomy-state", "/autonomy-settings", "/policies", "/approvals")
                .forEach(path -> assertThat(
                                lifeline.up().get(api.own(path), bob.token()).statusCode())
                        .as(path)
                        .isEqualTo(404));
        assertThat(bob.get(bob.own("/approvals")).path("items").toString()).doesNotContain(DANGEROUS);
    }

    @Test
    void what_needs_a_connector_that_died_waits_and_goes_on_when_it_is_mended() {
        lifeline.up().control("/control/users/alice/revoke", "");
        alice.sees("Gmail", "Needs reconnecting");
        Proposal proposal = agent.proposes("Archive a newsletter");
        // The screen and policy-service hear of it side by side.
        await().until(() -> proposal.state().equals("waiting"));
        assertThat(proposal.reason()).isEqualTo("connector_not_working");
        alice.goTo("Approvals");
        assertThat(alice.card("Archive a newsletter")).containsText("It needs Gmail, which does not work");
        assertThat(alice.banner()).hasClass("banner amber");
        alice.photograph("story-held");

        alice.link("Reconnect").click();
        alice.consent(null);
        alice.seesNoBanner();
        alice.goTo("Approvals");
        assertThat(alice.page().getByText("Nothing is waiting.")).isVisible();
        assertThat(proposal.state()).isEqualTo("open");
        assertThat(proposal.begin()).isEqualTo("admitted");
    }

    @Test
    void a_rule_is_tried_on_what_was_and_binds_what_comes() {
        agent.proposes("Archive a newsletter");
        alice.goTo("Settings");
        alice.page().getByLabel("Blocked domains").fill("bank");
        alice.button("Save").click();
        assertThat(alice.button("Save")).isDisabled();
        alice.button("Add rules").click();
        alice.page().getByLabel("Name").fill("Careful with mail");
        alice.page().getByLabel("Value").fill("email");
        assertThat(alice.page().locator("rule-row")).containsText("It would have applied to ");
        alice.button("Save rules").scrollIntoViewIfNeeded();
        alice.photograph("story-rule");
        alice.button("Save rules").click();
        assertThat(alice.card("Careful with mail")).containsText("If domain is email, ask me");
        assertThat(agent.proposes("Archive another").reason()).isEqualTo("policy_rule");

        alice.page().reload();
        assertThat(alice.card("Careful with mail")).containsText("Applies");
        assertThat(alice.page().getByLabel("Blocked domains")).hasValue("bank");
        assertThat(alice.page().getByLabel("Moderate autonomy")).isChecked();
        alice.goTo("Approvals");
        assertThat(alice.card("Archive another")).containsText("Your rule \u201cCareful with mail\u201d asks for it.");
    }
}
