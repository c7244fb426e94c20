package dev.lifeline.poller.domain.classification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a provider answered, as it came. Its body may hold credentials: it prints its status and size only.
 *
 * <p>A status of 0 means that no answer came: DNS, TLS, time-out, reset.
 */
public final class Answer {
    /** The status that stands for no answer. */
    public static final int NONE = 0;

    private static final int NO_STATUS_OF_HTTP = 999;

    private final ProviderKind kind;
    private final int status;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    /**
     * An answer whose arguments are copied; names of headers are compared without case, and a status that HTTP can not have
     * becomes 999.
     */
    public Answer(ProviderKind kind, int status, Map<String, List<String>> headers, byte[] body) {
        this.kind = kind;
        this.status = status < NONE || status > NO_STATUS_OF_HTTP ? NO_STATUS_OF_HTTP : status;
        this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) ->
                this.headers.computeIfAbsent(name, unused -> new ArrayList<>()).addAll(values));
        this.body = body.clone();
    }

    /** No answer came. */
    public static Answer none(ProviderKind kind) {
        return new Answer(kind, NONE, Map.of(), new byte[0]);
    }

    public ProviderKind kind() {
        return kind;
    }

    public int status() {
        return status;
    }

    /** The values of a header in the order in which they came; empty when it did not. */
    public List<String> header(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }

    public byte[] body() {
        return body.clone();
    }

    @Override
    public String toString() {
        return "Answer[" + kind + ", status " + status + ", " + body.length + " bytes]";
    }
}
