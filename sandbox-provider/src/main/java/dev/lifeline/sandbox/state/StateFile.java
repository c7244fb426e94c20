package dev.lifeline.sandbox.state;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.lifeline.sandbox.SandboxProperties;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state, in memory and in a file. A change is on the disk before anybody sees it, so that a kill at any moment loses
 * nothing that was answered.
 *
 * <p>Thread-safe.
 */
@Component
public class StateFile {

    private static final JsonSetter.Value EMPTY_WHERE_ABSENT = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);

    /** What an older file does not name yet is empty. */
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .withConfigOverride(Set.class, sets -> sets.setNullHandling(EMPTY_WHERE_ABSENT))
            .withConfigOverride(List.class, lists -> lists.setNullHandling(EMPTY_WHERE_ABSENT))
            .build();

    private final DurableFile file;
    private volatile SandboxState current;

    StateFile(SandboxProperties properties) {
        this.file = new DurableFile(properties.home().resolve("state.json"));
        this.current = file.read().map(this::parse).orElse(SandboxState.NEW);
    }

    public SandboxState current() {
        return current;
    }

    /** Changes the state, one change after the other; the state after it. */
    public synchronized SandboxState change(UnaryOperator<SandboxState> change) {
        SandboxState next = change.apply(current);
        if (!next.equals(current)) {
            file.write(mapper.writeValueAsBytes(next));
            current = next;
        }
        return next;
    }

    private SandboxState parse(byte[] content) {
        try {
            return mapper.readValue(content, SandboxState.class);
        } catch (JacksonException e) {
            throw new IllegalStateException(
                    file + " is damaged (" + e.getOriginalMessage() + "): remove it to start the sandbox afresh", e);
        }
    }
}
