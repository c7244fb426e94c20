package dev.lifeline.sandbox.google;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lifeline.sandbox.SandboxProperties;
import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.account.Accounts;
import dev.lifeline.sandbox.mailbox.Mailbox;
import dev.lifeline.sandbox.state.StateFile;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Of the Gmail API: {@code users.getProfile}, {@code users.history.list}.
 *
 * @see <a href="https://developers.google.com/workspace/gmail/api/guides/sync">Synchronize clients with Gmail</a>
 */
@RestController
@RequestMapping("/gmail/v1/users/{userId}")
final class GmailController {

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 500;
    private static final String HISTORY_PAGE = "history";

    private final StateFile state;
    private final long historyKept;

    GmailController(StateFile state, SandboxProperties properties) {
        this.state = state;
        this.historyKept = properties.historyKept();
    }

    record Profile(String emailAddress, long messagesTotal, long threadsTotal, String historyId) {}

    record Message(String id, String threadId) {}

    record LabelledMessage(String id, String threadId, List<String> labelIds) {}

    record MessageAdded(LabelledMessage message) {}

    record HistoryRecord(String id, List<Message> messages, List<MessageAdded> messagesAdded) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record History(
            @Nullable List<HistoryRecord> history, @Nullable String nextPageToken, String historyId) {}

    @GetMapping("/profile")
    Profile profile(@PathVariable String userId, Principal principal) {
        Account account = account(userId, principal);
        Mailbox mailbox = state.current().mailbox(account.name());
        return new Profile(account.email(), mailbox.messages(), mailbox.messages(), Long.toString(mailbox.historyId()));
    }

    /** 404 when the history no longer reaches back to where the reader was: he then reads all anew. */
    @GetMapping("/history")
    History history(
            @PathVariable String userId,
            @RequestParam long startHistoryId,
            @RequestParam(required = false) @Nullable String pageToken,
            @RequestParam(required = false) @Nullable Integer maxResults,
            Principal principal) {
        Mailbox mailbox = state.current().mailbox(account(userId, principal).name());
        if (!mailbox.reachesBackTo(startHistoryId, historyKept)) {
            throw new GoogleException(GoogleErrors.NOT_FOUND);
        }
        int size = Page.size(maxResults, USUAL_PAGE, LARGEST_PAGE);
        long skip =
                pageToken == null ? 0 : Page.numbers(HISTORY_PAGE, pageToken, 1).getFirst();
        List<HistoryRecord> records = mailbox.addedAfter(startHistoryId, skip, size).stream()
                .map(GmailController::historyRecord)
                .toList();
        boolean more = startHistoryId + skip + records.size() < mailbox.historyId();
        return new History(
                records.isEmpty() ? null : records,
                more ? Page.token(HISTORY_PAGE, skip + records.size()) : null,
                Long.toString(mailbox.historyId()));
    }

    private static HistoryRecord historyRecord(Mailbox.Added added) {
        String id = added.messageId();
        return new HistoryRecord(
                Long.toString(added.historyId()),
                List.of(new Message(id, id)),
                List.of(new MessageAdded(new LabelledMessage(id, id, labels(added)))));
    }

    static List<String> labels(Mailbox.Added added) {
        return added.inInbox() ? List.of("UNREAD", GmailMessagesController.INBOX) : List.of("UNREAD");
    }

    /** Whose mail is asked for: the caller's, or nobody's. */
    static Account account(String userId, Principal principal) {
        Account account = Accounts.ofSubject(principal.getName());
        if (!userId.equals("me") && !userId.equals(account.email())) {
            throw new GoogleException(GoogleErrors.FOREIGN_ACCOUNT);
        }
        return account;
    }
}
