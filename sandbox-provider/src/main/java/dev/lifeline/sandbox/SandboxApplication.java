package dev.lifeline.sandbox;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.HttpEncodingAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/**
 * The sandbox provider: a real OAuth 2.1 and OpenID Connect server with mail and calendar APIs of Google's shape behind it,
 * so that Lifeline can be tried with no account and no network.
 *
 * <p>What it configures by itself is listed here rather than found on the class path, which in one process with other
 * services holds much that does not concern it.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ComponentScan
@ConfigurationPropertiesScan
@ImportAutoConfiguration({
    DispatcherServletAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    HttpEncodingAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    SecurityAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class,
    ServletWebSecurityAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class,
    WebMvcAutoConfiguration.class
})
public class SandboxApplication {

    private static final String CONFIGURATION_NAME = "spring.config.name=sandbox-provider";
    private static final String PORT = "server.port=";

    public static void main(String[] arguments) {
        application().run(asArguments(Stream.of(arguments)));
    }

    /**
     * Starts it in this process, on a free port unless {@code server.port} is given, and returns when it answers.
     *
     * @param properties settings, each {@code name=value}, such as {@code lifeline.sandbox.home=/some/directory}
     */
    public static Sandbox start(String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        if (all.stream().noneMatch(property -> property.startsWith(PORT))) {
            all.add(PORT + freePort());
        }
        return new Sandbox(application().registerShutdownHook(false).run(asArguments(all.stream())));
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Keeps Tomcat's directories below the home: in the temporary one a kill would leave two behind each time. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatBelowHome(SandboxProperties properties) {
        Path home = properties.home().toAbsolutePath().resolve("tomcat");
        return tomcat -> {
            tomcat.setBaseDirectory(directory(home));
            tomcat.setDocumentRoot(directory(home.resolve("documents")));
        };
    }

    private static File directory(Path path) {
        try {
            return Files.createDirectories(path).toFile();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " can not be made", e);
        }
    }

    private static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(SandboxApplication.class);
    }

    private static String[] asArguments(Stream<String> properties) {
        return Stream.concat(Stream.of(CONFIGURATION_NAME), properties)
                .map(property -> property.startsWith("--") ? property : "--" + property)
                .toArray(String[]::new);
    }

    /** The issuer stands in every token, so the port must be known before anything starts. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }
}
