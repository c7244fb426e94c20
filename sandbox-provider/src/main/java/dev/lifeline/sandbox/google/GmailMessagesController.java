package dev.lifeline.sandbox.google;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.google.GmailController.LabelledMessage;
import dev.lifeline.sandbox.google.GmailController.Message;
import dev.lifeline.sandbox.mailbox.Mailbox;
import dev.lifeline.sandbox.mailbox.Sent;
import dev.lifeline.sandbox.state.StateFile;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Of the Gmail API: {@code users.messages.list}, {@code .get} (headers, and the beginning of the text), {@code .modify} (of
 * the label {@code INBOX}), {@code .send}.
 *
 * @see <a href="https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.messages">users.messages</a>
 */
@RestController
@RequestMapping("/gmail/v1/users/{userId}/messages")
final class GmailMessagesController {

    static final String INBOX = "INBOX";

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 500;
    private static final String PAGE = "messages";

    private final StateFile state;

    GmailMessagesController(StateFile state) {
        this.state = state;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Messages(
            @Nullable List<Message> messages, @Nullable String nextPageToken, long resultSizeEstimate) {}

    record Header(String name, String value) {}

    record Payload(List<Header> headers) {}

    record Content(String id, String threadId, List<String> labelIds, String snippet, Payload payload) {}

    record Labels(
            @Nullable List<String> addLabelIds, @Nullable List<String> removeLabelIds) {}

    record Raw(@Nullable String raw) {}

    @GetMapping
    Messages messages(
            @PathVariable String userId,
            @RequestParam(required = false) @Nullable List<String> labelIds,
            @RequestParam(required = false) @Nullable String pageToken,
            @RequestParam(required = false) @Nullable Integer maxResults,
            Principal principal) {
        Mailbox mailbox = state.current()
                .mailbox(GmailController.account(userId, principal).name());
        boolean inInbox = labelIds != null && labelIds.contains(INBOX);
        int size = Page.size(maxResults, USUAL_PAGE, LARGEST_PAGE);
        long skip = pageToken == null ? 0 : Page.numbers(PAGE, pageToken, 1).getFirst();
        List<Mailbox.Added> found = inInbox ? mailbox.newestInInbox(skip, size) : mailbox.newest(skip, size);
        List<Message> messages = found.stream()
                .map(added -> new Message(added.messageId(), added.messageId()))
                .toList();
        long all = inInbox ? mailbox.inInbox() : mailbox.messages();
        boolean more = skip + messages.size() < all;
        return new Messages(
                messages.isEmpty() ? null : messages, more ? Page.token(PAGE, skip + messages.size()) : null, all);
    }

    @GetMapping("/{id}")
    Content message(@PathVariable String userId, @PathVariable String id, Principal principal) {
        Account account = GmailController.account(userId, principal);
        Mailbox.Added added = find(state.current().mailbox(account.name()), id);
        List<Header> headers = new ArrayList<>(List.of(
                new Header("From", added.letter().from()),
                new Header("To", account.email()),
                new Header("Subject", added.letter().subject())));
        if (added.letter().listed()) {
            headers.add(new Header("List-Unsubscribe", "<mailto:leave@lists.example>"));
        }
        return new Content(id, id, GmailController.labels(added), added.letter().text(), new Payload(headers));
    }

    /** Takes a message out of the inbox, which archives it, or puts it back. Other labels are taken and not kept. */
    @PostMapping("/{id}/modify")
    LabelledMessage modify(
            @PathVariable String userId, @PathVariable String id, @RequestBody Labels labels, Principal principal) {
        Account account = GmailController.account(userId, principal);
        boolean archive =
                labels.removeLabelIds() != null && labels.removeLabelIds().contains(INBOX);
        boolean putBack = labels.addLabelIds() != null && labels.addLabelIds().contains(INBOX);
        find(state.current().mailbox(account.name()), id);
        Mailbox changed = state.change(was -> was.withMailbox(account.name(), mailbox -> {
                    Mailbox.Added added = find(mailbox, id);
                    return archive || putBack ? mailbox.with(added, putBack) : mailbox;
                }))
                .mailbox(account.name());
        return new LabelledMessage(id, id, GmailController.labels(find(changed, id)));
    }

    /** Sends a message, as RFC 5322 writes it, base64url. It goes nowhere, and is kept as sent. */
    @PostMapping("/send")
    LabelledMessage send(@PathVariable String userId, @RequestBody Raw message, Principal principal) {
        Account account = GmailController.account(userId, principal);
        Sent sent = parse(message.raw());
        state.change(was -> was.withMailbox(account.name(), mailbox -> mailbox.with(sent)));
        String id = Long.toHexString(UUID.randomUUID().getMostSignificantBits());
        return new LabelledMessage(id, id, List.of("SENT"));
    }

    private static Sent parse(@Nullable String raw) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(raw == null ? "" : raw), StandardCharsets.UTF_8);
            String[] parts = text.split("\r?\n\r?\n", 2);
            String to = header(parts[0], "to");
            if (to.isEmpty()) {
                throw new GoogleException(GoogleErrors.INVALID_ARGUMENT);
            }
            return new Sent(to, header(parts[0], "subject"), parts.length == 1 ? "" : parts[1]);
        } catch (IllegalArgumentException e) {
            throw new GoogleException(GoogleErrors.INVALID_ARGUMENT);
        }
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static Mailbox.Added find(Mailbox mailbox, String id) {
        return mailbox.find(id).orElseThrow(() -> new GoogleException(GoogleErrors.NOT_FOUND));
    }
}
