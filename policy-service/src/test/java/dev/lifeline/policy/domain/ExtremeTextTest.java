package dev.lifeline.policy.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtremeTextTest {

    /** What is sought, tried at every place of the text: slow, and plain to see. */
    private static final Pattern EVERYWHERE =
            Pattern.compile(ExtremeText.EXTREME.pattern() + "|\\bremove-item\\b.*-recurse");

    @Property(tries = 20_000)
    void finds_what_is_found_by_trying_everywhere(@ForAll("texts") String text) {
        assertThat(ExtremeText.isIn(text))
                .as(text)
                .isEqualTo(EVERYWHERE.matcher(ExtremeText.plain(text)).find());
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> pieces = Arbitraries.of(
                "rm",
                "-rf",
                "-r",
                "-x",
                "rmdir",
                "/s",
                "remove-item",
                "-recurse",
                "del",
                "/f",
                "mkfs",
                "mkfs.ext4",
                "dd",
                "if=",
                "format",
                "c:",
                ">",
                "/dev/sda",
                ":()",
                "{",
                "sudo",
                "bash",
                "sh",
                "-c",
                "/bin/",
                "zsh",
                "|",
                ";",
                "&",
                "powershell",
                "cmd",
                ".exe",
                "/c",
                "$(",
                "id",
                ")",
                "`",
                "os",
                ".system",
                "subprocess",
                ".",
                "eval",
                "(",
                "drop",
                "table",
                "truncate",
                "delete",
                "Close",
                "my",
                "an",
                "all",
                "Account",
                "accounts",
                "deletion",
                " ",
                "  ",
                "_",
                "-",
                "\n",
                "\u007f",
                "x",
                "7",
                "\u00e9",
                "\u200b",
                "\uff52\uff4d",
                "the",
                "form");
        return pieces.list().ofMinSize(1).ofMaxSize(9).map(parts -> String.join("", parts));
    }

    /** The longest that an action can have; with backtracking some of these took minutes. */
    @ParameterizedTest
    @ValueSource(
            strings = {"-", "rm ", "rm -x ", "delete ", "delete-my-", "remove-item ", "`", "| ", "a", "account.", " "})
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void no_text_holds_it_up(String piece) {
        for (String beginning : new String[] {"", "delete", "rm ", "account"}) {
            String text = beginning + piece.repeat(64 * 1024 / piece.length());
            assertThat(ExtremeText.isIn(text)).isFalse();
        }
    }
}
