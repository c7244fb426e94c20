package dev.lifeline.sandbox.page;

import dev.lifeline.sandbox.SandboxProperties;
import dev.lifeline.sandbox.account.Account;
import dev.lifeline.sandbox.account.Accounts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who may see which page, and what a page may do. */
@Configuration(proxyBeanMethods = false)
class PageSecurity {

    @Bean
    @Order(4)
    SecurityFilterChain pages(HttpSecurity http, SandboxProperties properties) {
        return http.authorizeHttpRequests(
                        requests -> requests.requestMatchers("/login", "/style.css", "/favicon.svg", "/error")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .formLogin(login -> login.loginPage("/login").defaultSuccessUrl("/account"))
                .logout(logout -> logout.logoutSuccessUrl("/login?signed-out"))
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(contentSecurityPolicy(properties)))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    @Bean
    UserDetailsService people() {
        return name -> Accounts.signingInAs(name.strip())
                .map(PageSecurity::person)
                .orElseThrow(() -> new UsernameNotFoundException("no such account"));
    }

    /** The secrets of the sandbox are in its documentation: nothing is won by hashing them. */
    @Bean
    PasswordEncoder plainSecrets() {
        return new PasswordEncoder() {
            @Override
            public @Nullable String encode(@Nullable CharSequence secret) {
                return secret == null ? null : secret.toString();
            }

            @Override
            public boolean matches(@Nullable CharSequence secret, @Nullable String kept) {
                return secret != null && kept != null && MessageDigest.isEqual(bytes(secret), bytes(kept));
            }
        };
    }

    private static byte[] bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static UserDetails person(Account account) {
        return User.withUsername(account.subject().toString())
                .password(Accounts.PASSWORD)
                .authorities("ROLE_PERSON")
                .build();
    }

    /** No script at all. Forms may end at Lifeline, to which sign-in and consent lead back. */
    private static String contentSecurityPolicy(SandboxProperties properties) {
        return "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
                + "form-action 'self' " + properties.publicUrl().resolve("/");
    }
}
