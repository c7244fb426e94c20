package dev.lifeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only makes the next start quicker never ends what runs. */
class ClassArchiveTest {

    @Test
    void where_the_list_of_classes_is_gone_nothing_is_made(@TempDir Path directory) {
        assertThat(ClassArchive.begin(directory.resolve("classes.list"), directory.resolve("classes.jsa")))
                .isEmpty();
    }
}
