package dev.lifeline.frontend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where one can go, and what addresses say. */
class PagesSpec extends OnTheDashboard {

    PagesSpec(Browser browser) {
        super(browser);
    }

    @Test
    void a_notice_is_said_once_and_leaves_the_address() {
        open("/?notice=other_account&expected=alice%40example.org&got=bob%40example.org");
        assertThat(page.locator("notice-bar"))
                .containsText("belongs to alice@example.org, and you chose bob@example.org");
        assertThat(page).hasURL(lifeline.url("/"));
        page.reload();
        assertThat(headline()).isVisible();
        assertThat(page.locator("notice-bar")).isEmpty();
    }

    @Test
    void an_address_does_not_make_a_dead_connection_a_good_one() {
        gmailDies();
        open("/?connected=gmail");
        assertThat(card("Gmail")).containsText("Needs reconnecting");
        assertThat(page.locator("notice-bar")).hasText("Gmail is being checked.");
        lifeline.connector("gmail", "ok", null, Instant.now());
        assertThat(page.locator("notice-bar")).hasText("Gmail is connected.");
    }

    @Test
    void skipping_to_the_content_stays_on_the_page_and_keeps_what_is_being_written() {
        open("/#/settings");
        page.getByLabel("Time zone").fill("Asia/Seoul");
        page.getByRole(AriaRole.LINK, named("Skip to content")).focus();
        page.keyboard().press("Enter");
        assertThat(headline()).isFocused();
        assertThat(page).hasURL(lifeline.url("/#/settings"));
        page.keyboard().press("Tab");
        assertThat(button("Pause…")).isFocused();
        assertThat(page.getByLabel("Time zone")).hasValue("Asia/Seoul");
    }

    @Test
    void the_timeline_is_a_page_of_its_own() {
        for (int i = 0; i < 150; i++) {
            String to = i % 2 == 0 ? "retrying" : "ok";
            lifeline.happened(Instant.now().minusSeconds(9000 - 60L * i), "condition_changed", "gmail", null, to);
        }
        open("/");
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, exactly("Timeline"))
                .click();
        assertThat(page.getByRole(AriaRole.HEADING, named("Timeline").setLevel(1)))
                .isFocused();
        assertThat(page.locator("main li")).hasCount(50);
        button("Show older").click();
        button("Show older").click();
        button("Show older").click();
        assertThat(page.locator("main li")).hasCount(151);
        assertThat(button("Show older")).isHidden();
    }

    @Test
    void what_happens_is_told_by_itself_and_what_comes_late_in_its_place() {
        open("/#/timeline");
        assertThat(page.locator("main li")).hasCount(1);
        Instant now = Instant.now();
        lifeline.happened(now, "user_paused", "gmail", null, null);
        assertThat(page.locator("main li").first()).containsText("You paused auto-execution");
        lifeline.happened(now.minusSeconds(10), "user_resumed", "gmail", null, null);
        lifeline.timeline.add(1, lifeline.timeline.removeFirst());
        assertThat(page.locator("main li").nth(1)).containsText("You resumed auto-execution");
    }

    @Test
    void a_detail_that_is_being_read_stays_open_when_something_happens() {
        gmailDies();
        open("/#/timeline");
        Locator dead = page.locator("main li").filter(having("Gmail disconnected"));
        dead.getByText("Detail").focus();
        page.keyboard().press("Enter");
        assertThat(dead.locator("code")).isVisible();
        lifeline.happened(Instant.now(), "user_paused", null, null, null);
        assertThat(page.locator("main li").first()).containsText("You paused auto-execution");
        assertThat(dead.locator("code")).isVisible();
        assertThat(dead.locator("summary")).isFocused();
    }

    @Test
    void a_batch_tells_each_of_its_actions_in_its_detail() {
        for (String action : List.of("Answer Bob", "Archive a newsletter")) {
            lifeline.happened(Instant.now(), "approval_granted", null, null, null);
            lifeline.timeline.getFirst().put("description", action);
        }
        open("/#/timeline");
        Locator batch = page.locator("main li").filter(having("You approved 2 actions"));
        assertThat(batch.getByText("Answer Bob")).isHidden();
        batch.getByText("Detail").click();
        assertThat(batch.getByText("Answer Bob")).isVisible();
        assertThat(batch.getByText("Archive a newsletter")).isVisible();
        assertThat(page.locator("main li").filter(having("connected")).getByText("Detail"))
                .isHidden();
    }

    @Test
    void an_address_that_leads_nowhere_says_so_and_where_else_to_go() {
        open("/#/nonsense");
        assertThat(headline()).hasText("There is no such page");
        page.getByRole(AriaRole.LINK, named("your connections")).click();
        assertThat(headline()).hasText("Both connections are fine");
        assertThat(headline()).isFocused();
    }

    @Test
    void signed_out_it_asks_once_a_minute_whether_that_has_changed() {
        page.clock().install();
        lifeline.signedIn = false;
        List<String> asked = new ArrayList<>();
        page.onRequest(request -> asked.add(request.url()));
        open("/");
        assertThat(page.getByRole(AriaRole.LINK, named("Sign in"))).isVisible();
        page.clock().fastForward(30_000);
        assertThat(asked.stream().filter(url -> url.endsWith("/api/me"))).hasSize(1);
        page.waitForRequest("**/api/me", () -> page.clock().fastForward(31_000));
    }

    @Test
    void signed_out_it_says_what_this_is_and_how_to_get_in() {
        lifeline.signedIn = false;
        open("/");
        assertThat(headline()).hasText("When a connection dies, you know at once");
        assertThat(page.getByRole(AriaRole.LINK, named("Sign in"))).hasAttribute("href", "/login");
    }

    @Test
    void who_signs_in_comes_back_to_the_page_that_was_asked_for() {
        lifeline.signedIn = false;
        open("/#/approvals");
        assertThat(page.getByRole(AriaRole.LINK, named("Sign in")))
                .hasAttribute("href", "/login?return=%2F%23%2Fapprovals");
    }
}
