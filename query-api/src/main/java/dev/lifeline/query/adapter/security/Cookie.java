package dev.lifeline.query.adapter.security;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;

/** Cookies of one name, HttpOnly and SameSite=Lax, and Secure where people come by https. */
public final class Cookie {

    private final String name;
    private final String path;
    private final boolean secure;

    /**
     * @param publicUrl under which people come
     */
    public Cookie(String name, String path, URI publicUrl) {
        this.name = name;
        this.path = path;
        this.secure = "https".equals(publicUrl.getScheme());
    }

    /** The value that came with a request. A request that shows a token is not asked for its cookies. */
    Optional<String> read(ServerWebExchange exchange) {
        if (exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
            return Optional.empty();
        }
        return Optional.ofNullable(exchange.getRequest().getCookies().getFirst(name))
                .map(HttpCookie::getValue)
                .filter(value -> !value.isBlank());
    }

    /** What only who has the value that came with a request can know, and what does not tell that value. */
    Optional<String> derived(ServerWebExchange exchange, String purpose) {
        return read(exchange).map(value -> hash(purpose + " " + value));
    }

    static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Hands the browser a value. */
    public void write(ServerWebExchange exchange, String value, Duration maxAge) {
        exchange.getResponse()
                .addCookie(ResponseCookie.from(name, value)
                        .path(path)
                        .httpOnly(true)
                        .secure(secure)
                        .sameSite("Lax")
                        .maxAge(maxAge)
                        .build());
    }

    void forget(ServerWebExchange exchange) {
        write(exchange, "", Duration.ZERO);
    }
}
