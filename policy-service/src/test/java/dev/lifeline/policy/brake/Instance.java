package dev.lifeline.policy.brake;

import dev.lifeline.policy.PolicyApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** policy-service in a process of its own, which can be killed. */
final class Instance {

    private final List<String> arguments;
    private final Path log;
    private final int port;
    private volatile Process process;

    Instance(List<String> arguments, Path log) {
        this.arguments = List.copyOf(arguments);
        this.log = log;
        this.port = freePort();
        this.process = start();
    }

    String base() {
        return "http://127.0.0.1:" + port;
    }

    /** Ends it at once, as {@code kill -9} does, in the middle of whatever it does; and starts it anew. */
    void killAndStartAnew() {
        end();
        process = start();
    }

    void end() {
        process.destroyForcibly().onExit().join();
    }

    private Process start() {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                PolicyApplication.class.getName()));
        command.addAll(arguments);
        command.add("--server.port=" + port);
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
