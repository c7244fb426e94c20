package dev.lifeline.sandbox.control;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in who comes over loopback, to a name of loopback, and from no foreign page: so that neither another machine, nor a
 * page that rebinds its name, nor any page in a browser on this machine can control the provider.
 */
final class LoopbackOnlyFilter extends OncePerRequestFilter {

    private static final Set<String> LOOPBACK_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> objection = objection(request);
        if (objection.isPresent()) {
            Problems.write(request, response, HttpStatus.FORBIDDEN, null, objection.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static Optional<String> objection(HttpServletRequest request) throws IOException {
        if (!InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()) {
            return Optional.of("the control interface is open to loopback only");
        }
        URI self = parse("http://" + request.getHeader("Host"));
        if (self == null || self.getHost() == null || !LOOPBACK_NAMES.contains(self.getHost())) {
            return Optional.of("Host must name loopback, such as 127.0.0.1");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !self.equals(parse(origin))) {
            return Optional.of("a foreign Origin may not use the control interface");
        }
        return Optional.empty();
    }

    private static @Nullable URI parse(String address) {
        try {
            return URI.create(address);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
