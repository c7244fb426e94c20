package dev.lifeline.standalone.e2e;

import com.microsoft.playwright.Browser;
import dev.lifeline.standalone.Up;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code up} has started, and a browser in front of it.
 *
 * @param cookies those of everybody who has signed in, by name; a session outlives the story that began it
 */
record Running(Up up, Browser browser, Map<String, String> cookies) {

    /** A person with a browser profile of her own, who has not signed in. */
    Person visitor() {
        return new Person(up, browser, null);
    }

    /** A person who has signed in, and sees her dashboard. */
    Person signedIn(String name) {
        @Nullable String known = cookies.get(name);
        Person person = new Person(up, browser, known);
        if (known == null) {
            person.signIn(name);
            cookies.put(name, person.cookies());
        } else {
            person.comesBack();
        }
        return person;
    }

    /** Makes the sandbox provider behave in a way, for everybody. */
    void provider(String mode) {
        up.control("/control/mode", "{\"mode\": \"" + mode + "\"}");
    }
}
