package dev.lifeline.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What waits for the user, and his answers. */
class ApprovalsSpec extends OnTheDashboard {

    ApprovalsSpec(Browser browser) {
        super(browser);
    }

    @Test
    void says_what_it_is_why_it_waits_how_risky_it_is_and_until_when() {
        lifeline.autonomy.waits("1", "Archive three newsletters", "paused_by_user", "low", "single");
        open("/");
        page.getByRole(AriaRole.LINK, named("Approvals, 1 waiting")).click();
        assertThat(headline()).isFocused();
        assertThat(card("Archive three newsletters")).containsText("You have paused auto-execution;");
        assertThat(card("Archive three newsletters")).containsText("Low risk");
        assertThat(card("Archive three newsletters")).containsText("1 hour 14 minutes left");
        assertThat(page.getByText("paused_by_user")).isHidden();
    }

    @Test
    void what_can_not_be_undone_or_is_of_high_risk_shows_what_it_does_exactly_before_it_is_approved() {
        lifeline.autonomy.waits("1", "Pay a bill", "trust_tier", "high", "single");
        lifeline.autonomy.waits("2", "Delete all mail", "extreme_action", "low", "dual");
        lifeline.autonomy.waits("3", "Archive three newsletters", "trust_tier", "low", "single");
        open("/#/approvals");
        for (String grave : List.of("Pay a bill", "Delete all mail")) {
            assertThat(card(grave).locator(".exactly")).containsText("[\"m1\",\"m2\"]");
        }
        assertThat(card("Archive three newsletters").locator(".exactly")).isHidden();
    }

    @Test
    void the_detail_tells_what_it_does_how_risky_that_is_and_why_it_waits() {
        lifeline.autonomy.waits("1", "Pay a bill", "trust_tier", "high", "single");
        open("/#/approvals");
        card("Pay a bill").getByText("Detail").click();
        assertThat(card("Pay a bill").getByRole(AriaRole.HEADING, new Locator.GetByRoleOptions().setLevel(3)))
                .hasText(new String[] {"What it does", "How risky", "Why it waits"});
        assertThat(card("Pay a bill").locator("details section").nth(1)).containsText("Risk that it can not be undone");
        assertThat(card("Pay a bill").locator("details section").last()).containsText("trust_tier");
    }

    @Test
    void what_comes_meanwhile_appears_by_itself() {
        open("/#/approvals");
        assertThat(page.getByText("Nothing is waiting.")).isVisible();
        lifeline.autonomy.waits("1", "Archive three newsletters", "connector_not_working", "low", "single");
        assertThat(card("Archive three newsletters")).containsText("It needs Gmail, which does not work");
    }

    /** Each may be long: where only their number is shown, no more is asked for. */
    @Test
    void what_waits_is_read_where_it_is_listed_and_elsewhere_counted() {
        for (String id : List.of("1", "2", "3")) {
            lifeline.autonomy.waits(id, "Answer " + id, "trust_tier", "low", "single");
        }
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        open("/");
        Locator link = page.getByRole(AriaRole.LINK, named("Approvals, 3 waiting"));
        assertThat(link).isVisible();
        assertThat(asked.stream().filter(url -> url.contains("/approvals?")))
                .isNotEmpty()
                .allMatch(url -> url.endsWith("limit=1"));
        link.click();
        assertThat(page.locator("approval-card")).hasCount(3);
        assertThat(page.getByText("3 actions are waiting.")).isVisible();
    }

    @Test
    void approving_is_one_click_and_says_which_action_was_seen() {
        lifeline.autonomy.waits("1", "Archive three newsletters", "trust_tier", "low", "single");
        lifeline.autonomy.waits("2", "Answer Bob", "trust_tier", "low", "single");
        open("/#/approvals");
        button("Approve: Archive three newsletters").click();
        assertThat(page.getByText("Approved: Archive three newsletters")).isVisible();
        assertThat(card("Archive three newsletters")).hasCount(0);
        assertThat(lifeline.autonomy.bodies).containsExactly(Map.of("actionHash", "hash-1"));
        button("Reject: Answer Bob").click();
        assertThat(page.getByText("Rejected: Answer Bob")).isVisible();
        assertThat(headline()).isFocused();
        assertThat(lifeline.asked).last().asString().endsWith("/approvals/2/reject");
    }

    @Test
    void the_second_click_of_a_double_click_does_not_approve_what_has_come_to_lie_under_it() {
        for (String id : List.of("0", "1", "2", "3")) {
            lifeline.autonomy.waits(id, "Answer " + id, "trust_tier", "low", "single");
        }
        open("/#/approvals");
        button("Approve: Answer 0").click();
        assertThat(page.getByText("Approved: Answer 0")).isVisible();
        button("Approve: Answer 1").click(new Locator.ClickOptions().setTrial(true));
        BoundingBox approve = button("Approve: Answer 1").boundingBox();
        timeStandsStill();
        clickAt(approve);
        assertThat(page.getByText("Approved: Answer 1")).isVisible();
        assertThat(card("Answer 1")).hasCount(0);
        clickAt(approve);
        button("Approve: Answer 3").press("Enter");
        assertThat(page.getByText("Approved: Answer 3")).isVisible();
        assertThat(card("Answer 2")).isVisible();

        page.clock().runFor(700);
        clickAt(button("Approve: Answer 2").boundingBox());
        assertThat(page.getByText("Approved: Answer 2")).isVisible();
        assertThat(lifeline.asked).hasSize(4);
    }

    @Test
    void a_click_at_what_has_just_gone_elsewhere_does_not_approve_the_next() {
        lifeline.autonomy.waits("1", "Answer 1", "trust_tier", "low", "single");
        lifeline.autonomy.waits("2", "Answer 2", "trust_tier", "low", "single");
        open("/#/approvals");
        BoundingBox approve = button("Approve: Answer 1").boundingBox();
        timeStandsStill();
        lifeline.autonomy.approvals.removeFirst();
        lifeline.push();
        assertThat(card("Answer 1")).hasCount(0);
        clickAt(approve);
        button("Reject: Answer 2").press("Enter");
        assertThat(page.getByText("Rejected: Answer 2")).isVisible();
        assertThat(lifeline.asked).hasSize(1);
    }

    @Test
    void the_focus_stays_on_its_action_when_another_goes() {
        for (String id : List.of("1", "2", "3")) {
            lifeline.autonomy.waits(id, "Answer " + id, "trust_tier", "low", "single");
        }
        open("/#/approvals");
        button("Approve: Answer 3").focus();
        lifeline.autonomy.approvals.removeFirst();
        assertThat(card("Answer 1")).hasCount(0);
        assertThat(button("Approve: Answer 3")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.getByText("Approved: Answer 3")).isVisible();
    }

    @Test
    void what_is_dangerous_takes_two_confirmations_and_a_moment_between() {
        lifeline.autonomy.moment = Duration.ofSeconds(3);
        lifeline.autonomy.waits("1", "Delete all mail", "extreme_action", "critical", "dual");
        open("/#/approvals");
        button("Approve: Delete all mail").click();
        assertThat(card("Delete all mail")).containsText("This is dangerous.");
        assertThat(card("Delete all mail").locator("details")).hasAttribute("open", "");
        assertThat(button("Yes, do it: Delete all mail")).isDisabled();
        assertThat(page.getByRole(AriaRole.HEADING, named("Delete all mail"))).isFocused();
        button("Not now").click();
        assertThat(button("Approve: Delete all mail")).isVisible();
        button("Approve: Delete all mail").click();
        assertThat(button("Yes, do it: Delete all mail")).isEnabled();
        button("Yes, do it: Delete all mail").click();
        assertThat(page.getByText("Approved: Delete all mail")).isVisible();
        assertThat(lifeline.autonomy.bodies)
                .last()
                .isEqualTo(Map.of("actionHash", "hash-1", "confirmationToken", "token-1"));
    }

    @Test
    void one_yes_of_two_is_not_told_as_approved_when_its_answer_comes_late() {
        lifeline.autonomy.waits("1", "Answer Bob", "trust_tier", "low", "single");
        lifeline.autonomy.raisedMeanwhile = true;
        lifeline.commandState = "done";
        open("/#/approvals");
        button("Approve: Answer Bob").click();
        assertThat(card("Answer Bob")).containsText("This is dangerous.");
        assertThat(page.getByText("Approved: Answer Bob")).hasCount(0);
        assertThat(button("Yes, do it: Answer Bob")).isEnabled();
        button("Yes, do it: Answer Bob").click();
        assertThat(page.getByText("Approved: Answer Bob")).isVisible();
    }

    @Test
    void a_refusal_is_said_at_the_action_and_stays_when_that_is_gone() {
        lifeline.autonomy.waits("1", "Answer Bob", "trust_tier", "low", "single");
        lifeline.autonomy.malformed = "It was not answered in time.";
        open("/#/approvals");
        button("Approve: Answer Bob").click();
        assertThat(card("Answer Bob").getByRole(AriaRole.ALERT)).hasText("It was not answered in time.");
        lifeline.autonomy.approvals.clear();
        assertThat(page.getByRole(AriaRole.ALERT).filter(having("Answer Bob: It was not answered in time.")))
                .isVisible();
    }
}
