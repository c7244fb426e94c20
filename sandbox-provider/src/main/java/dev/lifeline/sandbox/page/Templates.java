package dev.lifeline.sandbox.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/** Turns a template and what it shows into a page. What it shows is text: it is escaped. */
@Component
class Templates {

    private final Map<String, Template> templates = new ConcurrentHashMap<>();

    /** A page with forms. */
    ResponseEntity<String> page(String name, CsrfToken csrf, Map<String, ?> shown) {
        Map<String, Object> all = new HashMap<>(shown);
        all.put("csrf", csrf.getToken());
        return page(HttpStatus.OK, name, all);
    }

    /** A page without forms. */
    ResponseEntity<String> page(HttpStatus status, String name, Map<String, ?> shown) {
        Template template = templates.computeIfAbsent(
                name,
                each -> Mustache.compiler()
                        .emptyStringIsFalse(true)
                        .withLoader(Templates::source)
                        .loadTemplate(each));
        return ResponseEntity.status(status)
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .body(template.execute(shown));
    }

    private static Reader source(String name) {
        String resource = "/sandbox/templates/" + name + ".html";
        return new InputStreamReader(
                Objects.requireNonNull(Templates.class.getResourceAsStream(resource), resource),
                StandardCharsets.UTF_8);
    }
}
