package dev.lifeline.query.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/connect/gmail", "/?connected=gmail", "/timeline#today"})
    void a_path_of_ours_is_kept(String path) {
        assertThat(OwnPath.orHome(path)).isEqualTo(path);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "\\\\evil.example",
                "/a\\b",
                "javascript:alert(1)",
                "evil",
                "/a\r\nSet-Cookie: x=y",
                "/\t/evil.example",
                "/ü",
                "/{",
                "/%",
                "/a|b",
                "/\"",
                "/login?return=/login",
                "/logout"
            })
    void anything_else_leads_home(String elsewhere) {
        assertThat(OwnPath.orHome(elsewhere)).isEqualTo("/");
    }

    @Test
    void so_does_what_is_too_long() {
        assertThat(OwnPath.orHome("/" + "a".repeat(5_000))).isEqualTo("/");
    }
}
