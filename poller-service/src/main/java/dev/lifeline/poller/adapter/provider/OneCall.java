package dev.lifeline.poller.adapter.provider;

import com.google.api.client.http.HttpTransport;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.http.LowLevelHttpResponse;
import dev.lifeline.poller.domain.classification.Answer;
import dev.lifeline.poller.domain.classification.ProviderKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transport that carries one request of google-http-client and keeps the answer to itself. The library, which knows how
 * requests are made, sees an empty success: it loses bodies, follows redirects with the refresh token, and throws for
 * answers that it does not understand.
 */
final class OneCall extends HttpTransport {
    private final Calls calls;
    private final ProviderKind kind;
    private final Duration within;
    private final int mostBytes;

    private Answer answer;

    OneCall(Calls calls, ProviderKind kind, Duration within, int mostBytes) {
        this.calls = calls;
        this.kind = kind;
        this.within = within;
        this.mostBytes = mostBytes;
        this.answer = Answer.none(kind);
    }

    /** What came. */
    Answer answer() {
        return answer;
    }

    @Override
    protected LowLevelHttpRequest buildRequest(String method, String url) {
        return new Request(method, URI.create(url));
    }

    private final class Request extends LowLevelHttpRequest {
        private final String method;
        private final URI url;
        private final List<String> headers = new ArrayList<>();

        Request(String method, URI url) {
            this.method = method;
            this.url = url;
        }

        @Override
        public void addHeader(String name, String value) {
            headers.add(name);
            headers.add(value);
        }

        @Override
        public LowLevelHttpResponse execute() throws IOException {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            if (getStreamingContent() != null) {
                getStreamingContent().writeTo(content);
                addHeader("Content-Type", getContentType());
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(url)
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(content.toByteArray()));
            if (!headers.isEmpty()) {
                request.headers(headers.toArray(String[]::new));
            }
            answer = calls.send(kind, request.build(), within, mostBytes);
            return new EmptySuccess();
        }
    }

    private static final class EmptySuccess extends LowLevelHttpResponse {
        @Override
        public java.io.@Nullable InputStream getContent() {
            return null;
        }

        @Override
        public @Nullable String getContentEncoding() {
            return null;
        }

        @Override
        public long getContentLength() {
            return 0;
        }

        @Override
        public @Nullable String getContentType() {
            return null;
        }

        @Override
        public String getStatusLine() {
            return "HTTP/1.1 200 OK";
        }

        @Override
        public int getStatusCode() {
            return 200;
        }

        @Override
        public String getReasonPhrase() {
            return "OK";
        }

        @Override
        public int getHeaderCount() {
            return 0;
        }

        @Override
        public String getHeaderName(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public String getHeaderValue(int index) {
            throw new IndexOutOfBoundsException(index);
        }
    }
}
