package dev.lifeline.query.adapter.http;

import dev.lifeline.query.domain.UserIds;
import java.util.UUID;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.CacheControl;
import org.springframework.web.reactive.config.ResourceHandlerRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** How addresses are read, and what is served as it lies: the dashboard, and the description of this API. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebFluxConfigurer {

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(new StrictUuids());
    }

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        ContentHash hash = new ContentHash();
        registry.addResourceHandler("/**")
                .addResourceLocations("classpath:/static/")
                .setCacheControl(CacheControl.noCache())
                // The files of a reproducible build all bear the same date.
                .setUseLastModified(false)
                .setEtagGenerator(hash::of);
    }

    /** {@link UUID#fromString} takes {@code 1-1-1-1-1} for one. */
    private static final class StrictUuids implements Converter<String, UUID> {
        @Override
        public UUID convert(String text) {
            return UserIds.parse(text).orElseThrow(() -> new IllegalArgumentException("not a UUID"));
        }
    }
}
