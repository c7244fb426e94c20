package dev.lifeline.sandbox.page;

import dev.lifeline.sandbox.mailbox.Mailbox;
import dev.lifeline.sandbox.mailbox.Sent;
import java.util.List;

/** A mailbox as the account page shows it: in numbers, and the latest of it. */
record MailShown(long inInbox, int archived, List<Mailbox.Added> inbox, boolean more, List<Sent> sent) {

    private static final int LATEST = 5;

    static MailShown of(Mailbox mailbox) {
        List<Sent> sent = mailbox.sent().reversed();
        return new MailShown(
                mailbox.inInbox(),
                mailbox.archived().size(),
                mailbox.newestInInbox(0, LATEST),
                mailbox.inInbox() > LATEST,
                sent.subList(0, Math.min(LATEST, sent.size())));
    }
}
