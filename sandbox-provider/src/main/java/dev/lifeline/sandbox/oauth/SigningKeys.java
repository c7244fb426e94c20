package dev.lifeline.sandbox.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.lifeline.sandbox.SandboxProperties;
import dev.lifeline.sandbox.state.DurableFile;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.UUID;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** The key that signs JWTs: made at the first start and kept, so that tokens outlive a restart. */
@Configuration(proxyBeanMethods = false)
class SigningKeys {

    private static final int KEY_BITS = 2048;

    @Bean
    JWKSource<SecurityContext> keySource(SandboxProperties properties) {
        DurableFile file = new DurableFile(properties.home().resolve("keys.json"));
        JWKSet keys = file.read().map(content -> parse(file, content)).orElseGet(() -> create(file));
        return new ImmutableJWKSet<>(keys);
    }

    @Bean
    JwtEncoder jwtEncoder(JWKSource<SecurityContext> keys) {
        return new NimbusJwtEncoder(keys);
    }

    @Bean
    JwtDecoder jwtDecoder(JWKSource<SecurityContext> keys) {
        return NimbusJwtDecoder.withJwkSource(keys).build();
    }

    private static JWKSet create(DurableFile file) {
        try {
            RSAKey key = new RSAKeyGenerator(KEY_BITS)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .generate();
            JWKSet keys = new JWKSet(key);
            file.write(keys.toString(false).getBytes(StandardCharsets.UTF_8));
            return keys;
        } catch (JOSEException e) {
            throw new IllegalStateException("no signing key can be made", e);
        }
    }

    private static JWKSet parse(DurableFile file, byte[] content) {
        try {
            return JWKSet.parse(new String(content, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IllegalStateException(file + " is damaged: remove it to have new keys made", e);
        }
    }
}
