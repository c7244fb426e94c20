package dev.lifeline.query.adapter.security;

import dev.lifeline.query.QueryProperties;
import java.net.URI;
import java.time.Duration;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.web.server.header.CrossOriginOpenerPolicyServerHttpHeadersWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.server.header.CrossOriginResourcePolicyServerHttpHeadersWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.header.StaticServerHttpHeadersWriter;
import org.springframework.security.web.server.header.XFrameOptionsServerHttpHeadersWriter.Mode;

/**
 * What browsers are told about every answer.
 *
 * @param issuer where forms may lead besides ourselves: signing out goes on at the issuer
 * @param https whether people come by https, and are to come by nothing else from then on
 */
record SecurityHeaders(URI issuer, boolean https) {

    private static final Duration HTTPS_FOR = Duration.ofDays(365);

    static SecurityHeaders of(QueryProperties properties) {
        return new SecurityHeaders(
                properties.query().signIn().issuer(),
                "https".equals(properties.publicUrl().getScheme()));
    }

    void writeTo(HeaderSpec headers) {
        headers.contentSecurityPolicy(csp -> csp.policyDirectives(contentSecurityPolicy()))
                .frameOptions(frames -> frames.mode(Mode.DENY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                .permissionsPolicy(permissions ->
                        permissions.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
                .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                .crossOriginResourcePolicy(resource -> resource.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
                .hsts(hsts -> hsts.disable());
        if (https) {
            headers.writer(StaticServerHttpHeadersWriter.builder()
                    .header("Strict-Transport-Security", "max-age=" + HTTPS_FOR.toSeconds() + "; includeSubDomains")
                    .build());
        }
    }

    /** Nothing but what we serve ourselves; no script or style within a page. */
    private String contentSecurityPolicy() {
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "img-src 'self' data:",
                "font-src 'self'",
                "connect-src 'self'",
                "manifest-src 'self'",
                "form-action 'self' " + origin(issuer),
                "base-uri 'none'",
                "frame-ancestors 'none'");
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }
}
