package dev.lifeline.sandbox.oauth;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Asks who it is where the client wants that asked: {@code prompt=login} and {@code prompt=select_account} sign the person
 * out and begin the request anew without them.
 */
final class PromptFilter extends OncePerRequestFilter {

    private static final String PROMPT = "prompt";
    private static final Set<String> ASKING_WHO = Set.of("login", "select_account");

    private final String authorizationPath;

    PromptFilter(String authorizationPath) {
        this.authorizationPath = authorizationPath;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String prompt = request.getParameter(PROMPT);
        if (!request.getRequestURI().equals(authorizationPath)
                || prompt == null
                || Arrays.stream(prompt.split(" ")).noneMatch(ASKING_WHO::contains)) {
            chain.doFilter(request, response);
            return;
        }
        new SecurityContextLogoutHandler()
                .logout(request, response, SecurityContextHolder.getContext().getAuthentication());
        String rest = Arrays.stream(prompt.split(" "))
                .filter(each -> !ASKING_WHO.contains(each))
                .collect(Collectors.joining("%20"));
        UriComponentsBuilder again = ServletUriComponentsBuilder.fromRequest(request);
        again = rest.isEmpty() ? again.replaceQueryParam(PROMPT) : again.replaceQueryParam(PROMPT, rest);
        response.sendRedirect(again.build(true).toUriString());
    }
}
