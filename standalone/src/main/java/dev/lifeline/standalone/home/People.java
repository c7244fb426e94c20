package dev.lifeline.standalone.home;

import dev.lifeline.standalone.CannotStartException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose data a home holds: demo users', whose password anybody knows, or that of people for whom an issuer vouches. What was
 * filled for the ones is not opened to the others, who would find open sessions, roles and grants there.
 */
public final class People {

    private static final String FILE = "people";
    private static final String DEMO_USERS = "demo users";

    /** Homes from before this was noted: it is there where demo users have been. */
    private static final String SANDBOX = "sandbox";

    private final Home home;
    private final String wanted;

    /** @param issuer who vouches for the people of this start; null where they are demo users */
    public People(Home home, @Nullable URI issuer) {
        this.home = home;
        wanted = issuer == null ? DEMO_USERS : issuer.toString();
    }

    /**
     * Looks whether they are the same as before; comes before anything of theirs is opened.
     *
     * @throws CannotStartException when the home holds the data of others
     */
    public void require() throws IOException {
        String held = held().orElse(wanted);
        if (held.equals(wanted)) {
            return;
        }
        String directory = "LIFELINE_HOME " + home.directory();
        if (held.equals(DEMO_USERS)) {
            throw new CannotStartException(directory
                    + " was filled with demo users, whose password anybody knows; choose another LIFELINE_HOME");
        }
        if (wanted.equals(DEMO_USERS)) {
            throw new CannotStartException(
                    directory + " holds the data of people who sign in at " + held
                            + ", to which demo users have no right; choose another LIFELINE_HOME, or give the settings of before");
        }
        throw new CannotStartException(directory + " holds the data of people who sign in at " + held
                + ", and LIFELINE_ISSUER is " + wanted
                + "; choose another LIFELINE_HOME, or, where both vouch for the same"
                + " people, write the new one into " + file());
    }

    /** Notes whose the data will be; comes before there is any. */
    public void note() throws IOException {
        if (!Files.exists(file()) || held().isEmpty()) {
            home.writePrivately(FILE, List.of(wanted));
        }
    }

    private Optional<String> held() throws IOException {
        if (!Files.exists(home.postgres().resolve("data"))) {
            return Optional.empty();
        }
        if (Files.exists(file())) {
            return Optional.of(Files.readString(file()).strip());
        }
        if (home.isMarked(SANDBOX)) {
            return Optional.of(DEMO_USERS);
        }
        return wanted.equals(DEMO_USERS) ? Optional.of("an issuer of yours") : Optional.empty();
    }

    private Path file() {
        return home.directory().resolve(FILE);
    }
}
