package dev.lifeline.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeline.sandbox.mailbox.Mailbox;
import dev.lifeline.sandbox.mailbox.Sent;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final Mailbox mailbox = Mailbox.NEW.plus(4);

    @Test
    void what_is_archived_leaves_the_inbox_and_stays_among_all_mail() {
        Mailbox.Added newest = mailbox.newestInInbox(0, 1).getFirst();
        Mailbox after = mailbox.with(newest, false);

        assertThat(after.newestInInbox(0, 10))
                .hasSize(6)
                .noneMatch(each -> each.messageId().equals(newest.messageId()));
        assertThat(after.inInbox()).isEqualTo(6);
        assertThat(after.newest(0, 10)).hasSize(7);
        assertThat(after.find(newest.messageId()))
                .hasValueSatisfying(found -> assertThat(found.inInbox()).isFalse());
        assertThat(after.with(newest, true)).isEqualTo(mailbox);
    }

    @Test
    void a_message_says_the_same_whenever_it_is_read() {
        Mailbox.Added first = mailbox.newest(0, 1).getFirst();

        assertThat(mailbox.plus(100).find(first.messageId()).orElseThrow()).isEqualTo(first);
        assertThat(mailbox.find("19a0000000000008")).isEmpty();
        assertThat(mailbox.find("no id")).isEmpty();
    }

    @Test
    void of_what_was_sent_the_latest_hundred_are_kept() {
        Mailbox after = IntStream.range(0, 105)
                .mapToObj(number -> new Sent("nora@example.net", "Re: " + number, "Yes."))
                .reduce(mailbox, Mailbox::with, (one, other) -> other);

        assertThat(after.sent()).hasSize(100);
        assertThat(after.sent().getLast().subject()).isEqualTo("Re: 104");
    }
}
