package dev.lifeline.standalone.e2e;

import com.microsoft.playwright.Browser;
import dev.lifeline.standalone.Up;

/** What {@code up} has started, and a browser in front of it. */
record Running(Up up, Browser browser) {

    /** A person with a browser profile of her own, who has not signed in. */
    Person visitor() {
        return new Person(up, browser);
    }

    /** A person who has signed in, and sees her dashboard. */
    Person signedIn(String name) {
        Person person = visitor();
        person.signIn(name);
        return person;
    }

    /** Makes the sandbox provider behave in a way, for everybody. */
    void provider(String mode) {
        up.control("/control/mode", "{\"mode\": \"" + mode + "\"}");
    }
}
