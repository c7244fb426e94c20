package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class DelegatingFoldTest {

    /** One that it does not would be the interface's own, whatever the fold inside says. */
    @Test
    void hands_on_all_that_a_fold_is_asked() {
        for (Method asked : Fold.class.getDeclaredMethods()) {
            assertThatCode(() -> DelegatingFold.class.getDeclaredMethod(asked.getName(), asked.getParameterTypes()))
                    .as(asked.getName())
                    .doesNotThrowAnyException();
        }
    }
}
