package dev.lifeline.standalone.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import dev.lifeline.standalone.Up;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Somebody in front of a browser: what she does, and what she sees. */
final class Person implements AutoCloseable {

    /** How long a story waits for what takes the system a few polls, or a circuit breaker to try again. */
    static final double PATIENCE = 60_000;

    private static final Path PICTURES = Path.of("target", "screenshots");

    private final Up up;
    private final BrowserContext context;
    private final Page page;

    /** @param cookies that her browser has from before; none for somebody who never was here */
    Person(Up up, Browser browser, @Nullable String cookies) {
        this.up = up;
        Browser.NewContextOptions options = new Browser.NewContextOptions()
                .setLocale("en-GB")
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(1280, 860);
        context = browser.newContext(cookies == null ? options : options.setStorageState(cookies));
        context.setDefaultTimeout(20_000);
        page = context.newPage();
    }

    /** The page with the dashboard. */
    Page page() {
        return page;
    }

    void open(String path) {
        page.navigate(up.url() + path);
    }

    void signIn(String name) {
        open("/");
        page.getByRole(AriaRole.LINK, named("Sign in")).click();
        page.getByLabel("Name or address").fill(name);
        page.getByLabel("Password").fill("lifeline");
        page.getByRole(AriaRole.BUTTON, named("Sign in")).click();
        isSignedIn();
    }

    /** Opens the dashboard with the session that she still has. */
    void comesBack() {
        open("/");
        isSignedIn();
    }

    /** What her browser keeps when it is closed. */
    String cookies() {
        return context.storageState();
    }

    private void isSignedIn() {
        assertThat(page.getByRole(AriaRole.BUTTON, named("Account of"))).isVisible();
    }

    /** Another tab of the same browser, at the same page. */
    Page anotherTab() {
        Page tab = context.newPage();
        tab.navigate(page.url());
        return tab;
    }

    /** Goes to a page by the bar at the top. */
    void goTo(String name) {
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
                .click();
        assertThat(headline()).hasText(name);
    }

    /** Goes to something by the keyboard: Tab by Tab, from where the focus is, and from the end to the beginning. */
    void tabsTo(Locator wanted) {
        assertThat(wanted).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(PATIENCE));
        int tabs = 0;
        while (!(boolean) wanted.evaluate("each => each === document.activeElement")) {
            Assertions.assertThat(++tabs)
                    .as("presses of Tab on the way to %s", wanted)
                    .isLessThan(100);
            page.keyboard().press("Tab");
        }
    }

    /** Answers the question that the page asks. */
    void says(String answer) {
        answer(answer).click();
    }

    /** The button that answers the question that the page asks. */
    Locator answer(String name) {
        return page.getByRole(AriaRole.DIALOG)
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Takes Lifeline's access away, on the account page of the provider, in another tab. */
    void revokeInAnotherTab() {
        Page account = context.newPage();
        account.navigate(up.sandbox() + "/account");
        account.getByRole(AriaRole.BUTTON, named("Revoke")).click();
        assertThat(account.getByText("Access was revoked.")).isVisible();
        account.close();
    }

    /** Gives the consent that the provider's page asks for, without one of its boxes where that is given. */
    void consent(@Nullable String unticked) {
        if (unticked != null) {
            page.getByLabel(unticked).uncheck();
        }
        page.getByRole(AriaRole.BUTTON, named("Allow")).click();
        page.waitForURL(up.url() + "/**");
    }

    void deny() {
        page.getByRole(AriaRole.BUTTON, named("Deny")).click();
        page.waitForURL(up.url() + "/**");
    }

    void connect(String label) {
        link("Connect " + label).click();
    }

    void sees(String headline) {
        assertThat(headline()).hasText(headline, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
    }

    void sees(String label, String words) {
        assertThat(card(label)).containsText(words, patiently());
    }

    void seesNoBanner() {
        assertThat(page.locator(".banner")).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
    }

    Locator headline() {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    Locator card(String label) {
        return page.getByRole(AriaRole.ARTICLE, named(label).setExact(true));
    }

    Locator banner() {
        return page.locator(".banner");
    }

    Locator button(String name) {
        return page.getByRole(AriaRole.BUTTON, named(name).setExact(true));
    }

    Locator link(String name) {
        return page.getByRole(AriaRole.LINK, named(name).setExact(true));
    }

    /** The status that a GET by this person's browser is answered with. */
    int statusOf(String path) {
        return (int) page.evaluate("async path => (await fetch(path)).status", path);
    }

    /** The body of such an answer. */
    String bodyOf(String path) {
        return (String) page.evaluate("async path => (await fetch(path)).text()", path);
    }

    void photograph(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }

    static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE);
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    @Override
    public void close() {
        context.close();
    }
}
