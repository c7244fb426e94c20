package dev.lifeline.poller.adapter.tink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysetsTest {

    private static final UUID ALICE = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final UUID BOB = UUID.fromString("22222222-2222-4222-8222-222222222222");
    private static final byte[] SECRET = "a refresh token".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void a_keyset_is_made_for_its_owner_only_and_found_again() throws Exception {
        Path file = directory.resolve("deeper/keyset.json");
        byte[] sealed = vault(file).seal(SECRET, ALICE, "google");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(vault(file).open(sealed, ALICE, "google")).isEqualTo(SECRET);
        assertThat(file.getParent())
                .isDirectoryContaining(file::equals)
                .isDirectoryNotContaining(each -> !each.equals(file));
    }

    @Test
    void what_is_sealed_shows_nothing_and_differs_each_time() throws Exception {
        TinkVault vault = vault(directory.resolve("keyset.json"));
        byte[] sealed = vault.seal(SECRET, ALICE, "google");
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("refresh token");
        assertThat(vault.seal(SECRET, ALICE, "google")).isNotEqualTo(sealed);
    }

    @Test
    void what_is_sealed_for_one_user_and_provider_opens_for_no_other() throws Exception {
        TinkVault vault = vault(directory.resolve("keyset.json"));
        byte[] sealed = vault.seal(SECRET, ALICE, "google");
        assertThatThrownBy(() -> vault.open(sealed, BOB, "google")).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> vault.open(sealed, ALICE, "sandbox")).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void a_key_that_was_added_decrypts_before_it_encrypts() throws Exception {
        Path file = directory.resolve("keyset.json");
        TinkVault first = vault(file);
        byte[] old = first.seal(SECRET, ALICE, "google");

        assertThat(Keysets.add(file)).isEqualTo(2);
        TinkVault second = vault(file);
        assertThat(first.open(second.seal(SECRET, ALICE, "google"), ALICE, "google"))
                .isEqualTo(SECRET);

        Keysets.promote(file);
        byte[] fresh = vault(file).seal(SECRET, ALICE, "google");
        assertThat(second.open(fresh, ALICE, "google")).isEqualTo(SECRET);
        assertThat(vault(file).open(old, ALICE, "google")).isEqualTo(SECRET);
        assertThatThrownBy(() -> first.open(fresh, ALICE, "google")).isInstanceOf(GeneralSecurityException.class);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_damaged_file_stops_the_start() throws IOException {
        Path file = Files.writeString(directory.resolve("keyset.json"), "{");
        assertThatThrownBy(() -> Keysets.in(file)).isInstanceOf(GeneralSecurityException.class);
    }

    private static TinkVault vault(Path file) throws IOException, GeneralSecurityException {
        return new TinkVault(Keysets.in(file));
    }
}
