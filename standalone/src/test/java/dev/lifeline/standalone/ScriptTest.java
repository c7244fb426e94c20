package dev.lifeline.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the script builds, with stand-ins for Maven and for Java. */
class ScriptTest {

    private static final Path SCRIPT =
            Path.of("..", "lifeline").toAbsolutePath().normalize();

    /** Makes a jar named after the sources, unless they are "broken"; counts how often it is asked. Needs a Java. */
    private static final String MAVEN = """
            #!/bin/sh
            [ -x "$JAVA_HOME/bin/java" ] || exit 1
            [ "$1" != -version ] || { echo "Java version: 25"; exit; }
            for word; do case $word in -Dlifeline.lib=*) lib=${word#*=};; verify) echo "tested in $CHROMIUM"; exit;; esac; done
            echo built >>builds.txt
            lib=${lib:-standalone/target/lifeline/lib}
            mkdir -p "$lib" standalone/target
            cp app/src/main/version "$lib/app-$(cat app/src/main/version).jar"
            : >standalone/target/standalone-1.jar
            ! grep -q broken app/src/main/version || { echo "[ERROR] broken"; exit 1; }
            """;

    /** Says what it was started with; {@code up} goes on until it is ended. */
    private static final String JAVA = """
            #!/bin/sh
            options=
            while [ "$1" != -cp ]; do options="$options $1"; shift; done
            echo $options >"${0%/*}/../options.txt"
            echo "$2"
            [ "$4" != up ] || exec sleep 600
            """;

    @TempDir
    Path root;

    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void lay_out() throws IOException {
        Files.copy(SCRIPT, root.resolve("lifeline"));
        executable("bin/mvn", MAVEN);
        executable("jdk/bin/java", JAVA);
        executable("jdk/bin/javac", "#!/bin/sh\n");
        Files.writeString(
                root.resolve("jdk/release"),
                "JAVA_VERSION=\"" + Runtime.version().feature() + ".0.1\"\n");
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.createDirectories(root.resolve("app/src/main"));
        Files.writeString(root.resolve("app/pom.xml"), "<project/>");
        source("one");
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void a_running_instance_keeps_what_it_was_started_from() throws Exception {
        Path running = up();
        source("two");

        assertThat(run("explain")).contains("app-two.jar");

        assertThat(running).exists();
        started.getFirst().destroyForcibly().waitFor();
        run("explain");
        assertThat(running).as("nobody uses it any more").doesNotExist();
    }

    @Test
    void a_failed_build_leaves_the_last_one() throws Exception {
        run("explain");
        source("broken");
        assertThat(run("explain")).contains("the build failed");

        source("one");
        assertThat(run("explain")).contains("app-one.jar");
        assertThat(builds()).as("builds: the first and the failed one").isEqualTo(2);
    }

    /** As before version 4 of bash, that of macOS. */
    @Test
    void a_failed_build_ends_it_also_where_a_shell_within_that_fails_does_not() throws Exception {
        run("explain");
        Path script = root.resolve("lifeline");
        Files.writeString(script, Files.readString(script).replaceFirst("set -euo pipefail", "set -uo pipefail"));
        source("broken");

        assertThat(run("explain")).endsWith("build.log has more\n");
        assertThat(run("token", "alice")).contains("app-one.jar");
    }

    @Test
    void whoever_may_not_write_the_builds_is_told_so() throws Exception {
        run("explain");
        Path builds = root.resolve("standalone/target/lifeline");
        Files.setPosixFilePermissions(builds, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(builds), "root may");

        assertThat(run("token", "alice")).startsWith("lifeline: " + builds + " can not be written by");
    }

    @Test
    void a_token_needs_no_build_of_changed_sources() throws Exception {
        Path running = up();
        source("two");

        assertThat(run("token", "alice")).contains("app-one.jar");

        assertThat(running).exists();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void without_any_build_a_token_makes_one() throws Exception {
        assertThat(run("token", "alice")).contains("app-one.jar");
    }

    /** Whoever asks what a command does gets no build and no tests. */
    @ParameterizedTest
    @CsvSource({
        "up, --help, LIFELINE_PORT",
        "up, -h, LIFELINE_HOME",
        "test, --help, LIFELINE_TEST_BACKENDS",
        "test, -h, CHROMIUM",
        "token, --help, USER",
        "whatif, --help, policy",
        "bench, --help, replay",
        "bench, -h, LIFELINE_BENCH_SCALE"
    })
    void help_is_given_before_anything_is_done(String command, String asked, String says) throws Exception {
        Process help = command(command, asked).start();

        assertThat(new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("usage: ./lifeline " + command)
                .contains(says);
        assertThat(help.waitFor()).isZero();
        assertThat(root.resolve("builds.txt")).doesNotExist();
    }

    /** What it takes is known to the program alone. */
    @ParameterizedTest
    @CsvSource({"explain", "audit", "replay", "whatif classify", "whatif policy"})
    void help_of_a_program_of_its_own_is_asked_of_that(String command) throws Exception {
        executable("jdk/bin/java", "#!/bin/sh\nfor word; do :; done\necho asked for $word\n");

        assertThat(run((command + " --help").split(" "))).contains("asked for --help");
    }

    @Test
    void a_java_home_that_is_gone_is_made_up_for_by_another_jdk() throws Exception {
        ProcessBuilder test = command("test");
        test.environment().put("JAVA_HOME", root.resolve("gone").toString());
        test.environment().put("CHROMIUM", "true");
        onPath(test, "jdk/bin");

        assertThat(run(test)).contains("tested in true");
    }

    @Test
    void tests_take_the_lightest_browser_unless_one_is_named() throws Exception {
        executable("bin/chromium", "");
        executable("bin/chromium-headless-shell", "");
        ProcessBuilder unnamed = command("test");
        unnamed.environment().remove("CHROMIUM");
        ProcessBuilder named = command("test");
        named.environment().put("CHROMIUM", "chromium");

        assertThat(run(unnamed)).contains("tested in " + root.resolve("bin/chromium-headless-shell"));
        assertThat(run(named)).contains("tested in " + root.resolve("bin/chromium") + "\n");
    }

    @Test
    void without_a_browser_tests_install_the_lightest_that_apt_knows() throws Exception {
        executable("bin/id", "#!/bin/sh\necho 0\n");
        executable("bin/apt-cache", "#!/bin/sh\n[ \"$2\" != \"$UNKNOWN\" ]\n");
        executable("bin/apt-get", """
                #!/bin/sh
                [ "$1" = install ] || exit 0
                for package; do :; done
                printf '#!/bin/sh\\n' >"${0%/*}/$package"
                chmod +x "${0%/*}/$package"
                """);

        assertThat(run(testWithoutBrowser(""))).contains("tested in " + root.resolve("bin/chromium-headless-shell"));
        Files.delete(root.resolve("bin/chromium-headless-shell"));
        assertThat(run(testWithoutBrowser("chromium-headless-shell")))
                .contains("tested in " + root.resolve("bin/chromium") + "\n");
    }

    /** It would be the first that a newcomer reads. */
    @Test
    void the_jvm_has_nothing_to_say_of_the_options_of_up() throws Exception {
        up();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                Files.readString(root.resolve("jdk/options.txt")).strip().split(" ")));
        command.add("-version");

        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(command).contains("-Xmx400m");
        assertThat(said).contains("Runtime Environment").doesNotContainIgnoringCase("warning");
        assertThat(java.waitFor()).isZero();
    }

    /** Starts {@code up}; a jar that it runs from. */
    private Path up() throws IOException {
        Path output = root.resolve("up.txt");
        started.add(command("up").redirectOutput(output.toFile()).start());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Files.readString(output).contains(".jar"));
        return Stream.of(Files.readString(output).strip().split("[:\n]"))
                .filter(entry -> entry.endsWith("app-one.jar"))
                .map(Path::of)
                .findFirst()
                .orElseThrow();
    }

    private String run(String... words) throws IOException {
        return run(command(words));
    }

    private static String run(ProcessBuilder command) throws IOException {
        return new String(command.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private ProcessBuilder command(String... words) {
        List<String> command =
                new ArrayList<>(List.of("bash", root.resolve("lifeline").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        onPath(builder, "bin");
        return builder;
    }

    private void onPath(ProcessBuilder builder, String directory) {
        builder.environment().merge("PATH", root.resolve(directory).toString(), (path, ours) -> ours + ":" + path);
    }

    /** On a PATH of our own stand-ins and what the script calls. */
    private ProcessBuilder testWithoutBrowser(String unknown) throws IOException {
        for (String tool : List.of("bash", "sh", "sed", "dirname", "readlink", "chmod")) {
            Path link = root.resolve("bin/" + tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, Path.of("/bin", tool));
            }
        }
        ProcessBuilder test = command("test");
        test.environment().remove("CHROMIUM");
        test.environment().put("UNKNOWN", unknown);
        test.environment().put("PATH", root.resolve("bin").toString());
        return test;
    }

    private long builds() throws IOException {
        return Files.readAllLines(root.resolve("builds.txt")).size();
    }

    private void source(String version) throws IOException {
        Files.writeString(root.resolve("app/src/main/version"), version);
    }

    private void executable(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
