package dev.lifeline.poller;

import static dev.lifeline.poller.scene.Scene.ALICE;
import static dev.lifeline.poller.scene.Scene.ALICES;
import static dev.lifeline.poller.scene.Scene.GMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.events.ConnectorEvent.ConnectorPollFailed;
import dev.lifeline.events.ConnectorEvent.ConnectorPolled;
import dev.lifeline.events.FailureClass;
import dev.lifeline.poller.adapter.tink.Keysets;
import dev.lifeline.poller.adapter.tink.TinkVault;
import dev.lifeline.poller.scene.Scene;
import dev.lifeline.testing.Backends;
import dev.lifeline.testing.Database;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The key changes under pollers that run side by side, and no credential is lost on the way. */
@ExtendWith(Backends.class)
class RotateKeysetTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void in_two_steps_leaves_every_credential_readable_by_all_pollers(Database database) throws Exception {
        try (Scene first = restarted(database)) {
            first.empty();
            first.connectAlice();
            assertThat(run("add", file())).isZero();
            try (Scene second = restarted(database)) {
                assertPolls(second);
                assertPolls(first);
                assertThat(run("promote", file())).isZero();
                try (Scene third = restarted(database)) {
                    assertPolls(third);
                    assertPolls(second);
                    assertPolls(third);
                    assertThatAPollerWithoutTheNewKeySaysSoAndConsentMendsIt(first);
                }
            }
        }
    }

    @Test
    void says_what_it_can_not_do_and_how_it_is_used() {
        assertThat(run("add", directory.resolve("missing.json").toString())).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("missing.json is as it was");
        assertThat(run("rotate", file())).isEqualTo(2);
        assertThat(run("add")).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("usage: RotateKeyset new|add|promote FILE");
    }

    @Test
    void makes_one_where_there_is_none_and_replaces_none() throws Exception {
        Path made = directory.resolve("made.json");
        assertThat(run("new", made.toString())).isZero();
        String keyset = Files.readString(made);
        assertThat(run("new", made.toString())).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("made.json is there already, and stays as it is.");
        assertThat(Files.readString(made)).isEqualTo(keyset);
    }

    private static void assertThatAPollerWithoutTheNewKeySaysSoAndConsentMendsIt(Scene old) {
        old.makeDue();
        old.poll(GMAIL);
        assertThat(old.log.last()).isInstanceOfSatisfying(ConnectorPollFailed.class, event -> {
            assertThat(event.failureClass()).isEqualTo(FailureClass.CONFIG);
            assertThat(event.errorCode()).isEqualTo("credential_unreadable");
        });
        old.consent(ALICE, ALICES, GMAIL);
        old.poll(GMAIL);
        old.poll(GMAIL);
        assertThat(old.log.last()).isInstanceOf(ConnectorPolled.class);
    }

    /** Reads the credential, and writes it with the key that the poller encrypts with. */
    private static void assertPolls(Scene poller) {
        int refreshes = poller.provider.refreshes().size();
        poller.provider.endAccessTokens();
        poller.makeDue();
        poller.poll(GMAIL);
        assertThat(poller.log.last()).isInstanceOf(ConnectorPolled.class);
        assertThat(poller.provider.refreshes()).hasSize(refreshes + 1);
    }

    private Scene restarted(Database database) throws Exception {
        return Scene.in(database, new TinkVault(Keysets.in(Path.of(file()))));
    }

    private String file() {
        return directory.resolve("keyset.json").toString();
    }

    private int run(String... arguments) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return RotateKeyset.run(arguments, out, out);
    }
}
