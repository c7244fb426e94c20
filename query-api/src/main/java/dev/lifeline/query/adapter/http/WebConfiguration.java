package dev.lifeline.query.adapter.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.config.ResourceHandlerRegistration;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** What is served as it lies: the dashboard, and the description of this API. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebFluxConfigurer {

    private static final Duration BODY_ARRIVES_WITHIN = Duration.ofSeconds(60);

    /** There is no setting for it. */
    @Bean
    NettyServerCustomizer bodiesInTime() {
        return server -> server.requestTimeout(BODY_ARRIVES_WITHIN);
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        ContentHash hash = new ContentHash();
        ResourceHandlerRegistration files = registry.addResourceHandler("/**")
                .addResourceLocations("classpath:/static/")
                .setCacheControl(CacheControl.noCache())
                // The files of a reproducible build all bear the same date.
                .setUseLastModified(false)
                .setEtagGenerator(hash::of);
        // Browsers show it instead of keeping it.
        files.setMediaTypes(Map.of("yaml", new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8)));
    }
}
