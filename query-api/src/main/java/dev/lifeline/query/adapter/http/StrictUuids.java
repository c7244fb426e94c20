package dev.lifeline.query.adapter.http;

import dev.lifeline.events.UserIds;
import java.beans.PropertyEditorSupport;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Ids in addresses are read as they are written: {@link UUID#fromString} takes {@code 1-1-1-1-1} for one. An editor,
 * because a converter that refuses is followed by Spring's own, which is as lenient.
 */
@ControllerAdvice
final class StrictUuids {

    @InitBinder
    void register(WebDataBinder binder) {
        binder.registerCustomEditor(UUID.class, new Editor());
    }

    private static final class Editor extends PropertyEditorSupport {
        @Override
        public void setAsText(@Nullable String text) {
            setValue(UserIds.parse(String.valueOf(text)).orElseThrow(() -> new IllegalArgumentException("not a UUID")));
        }
    }
}
