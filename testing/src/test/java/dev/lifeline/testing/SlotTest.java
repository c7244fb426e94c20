package dev.lifeline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

class SlotTest {

    @Test
    void stays_taken_until_the_process_ends_though_nobody_remembers_it() throws Exception {
        Path taken = Slot.take("slot-test").directory();
        forgetWhatNobodyHolds();

        assertThat(Slot.take("slot-test").directory()).isNotEqualTo(taken);
        assertThat(otherProcessGets(taken)).isEqualTo("held");
    }

    private static void forgetWhatNobodyHolds() throws InterruptedException {
        WeakReference<Object> nobodys = new WeakReference<>(new Object());
        while (nobodys.get() != null) {
            System.gc();
            Thread.sleep(50); // cleaners run a little later
        }
        System.gc();
        Thread.sleep(200);
    }

    private static String otherProcessGets(Path directory) throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        Other.class.getName(),
                        directory + ".lock")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** Another process, which tries to have a lock. */
    static final class Other {

        private Other() {}

        public static void main(String[] arguments) throws Exception {
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                System.out.println(lock == null ? "held" : "free");
            }
        }
    }
}
