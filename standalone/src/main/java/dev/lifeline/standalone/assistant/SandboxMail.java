package dev.lifeline.standalone.assistant;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Mail by an API of Gmail's shape. */
final class SandboxMail implements Mail {

    private static final String MESSAGES = "/gmail/v1/users/me/messages";

    private final Exchange api;

    SandboxMail(Exchange api) {
        this.api = api;
    }

    @Override
    public List<String> inbox(int most) {
        return api.get(MESSAGES + "?labelIds=INBOX&maxResults=" + most)
                .path("messages")
                .valueStream()
                .map(message -> message.required("id").asString())
                .toList();
    }

    @Override
    public Letter read(String id) {
        JsonNode headers = api.get(MESSAGES + "/" + id + "?format=metadata").at("/payload/headers");
        return new Letter(
                id,
                header(headers, "From"),
                header(headers, "Subject"),
                !header(headers, "List-Unsubscribe").isEmpty());
    }

    @Override
    public void archive(String id) {
        api.post(MESSAGES + "/" + id + "/modify", Map.of("removeLabelIds", List.of("INBOX")));
    }

    @Override
    public void send(String to, String subject, String text) {
        String message = "To: " + line(to) + "\r\nSubject: " + line(subject) + "\r\n\r\n" + text;
        String raw = Base64.getUrlEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8));
        api.post(MESSAGES + "/send", Map.of("raw", raw));
    }

    private static String header(JsonNode headers, String name) {
        return headers.valueStream()
                .filter(header -> name.equalsIgnoreCase(header.path("name").asString("")))
                .map(header -> header.path("value").asString(""))
                .findFirst()
                .orElse("");
    }

    /** What came from outside must not add a header. */
    private static String line(String header) {
        return header.replaceAll("\\R", " ");
    }
}
