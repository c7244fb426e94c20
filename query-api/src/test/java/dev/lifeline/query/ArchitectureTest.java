package dev.lifeline.query;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.onionArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class ArchitectureTest {

    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lifeline.query");

    @Test
    void rings_point_inward() {
        onionArchitecture()
                .domainModels("..query.domain..")
                .domainServices("..query.domain..")
                .applicationServices("..query.application..")
                .adapter("postgres", "..adapter.postgres..")
                .adapter("kafka", "..adapter.kafka..")
                .adapter("web", "..adapter.http..", "..adapter.security..", "..adapter.problem..")
                // Sessions are kept in PostgreSQL and closed with the keys of the web.
                .ignoreDependency(
                        resideInAnyPackage("..adapter.postgres.."), resideInAnyPackage("..adapter.security.."))
                .ignoreDependency(resideInAnyPackage("dev.lifeline.query"), resideInAnyPackage("..query.."))
                .ensureAllClassesAreContainedInArchitectureIgnoring(resideInAnyPackage("dev.lifeline.query"))
                .check(CODE);
    }

    @Test
    void the_domain_is_pure() {
        noClasses()
                .that()
                .resideInAPackage("..query.domain..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java..", "org.jspecify..", "dev.lifeline.events..", "dev.lifeline.query.domain..")
                .check(CODE);
    }

    @Test
    void the_application_knows_no_framework_but_reactive_streams() {
        noClasses()
                .that()
                .resideInAPackage("..query.application..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "reactor..",
                        "org.reactivestreams..",
                        "dev.lifeline.events..",
                        "dev.lifeline.query.application..",
                        "dev.lifeline.query.domain..")
                .check(CODE);
    }

    @Test
    void no_other_service_is_known() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.lifeline.poller..", "dev.lifeline.projector..", "dev.lifeline.sandbox..", "java.sql..")
                .check(CODE);
    }

    @Test
    void nothing_blocks() {
        noClasses()
                .should()
                .callMethod(Mono.class, "block")
                .orShould()
                .callMethod(Flux.class, "blockFirst")
                .orShould()
                .callMethod(Flux.class, "blockLast")
                .orShould()
                .callMethod(Future.class, "get")
                .orShould()
                .callMethod(CompletableFuture.class, "join")
                .orShould()
                .callMethod(CompletableFuture.class, "get")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(CODE);
    }

    @Test
    void time_and_ids_come_in_at_the_edge() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CODE);
        noClasses()
                .that()
                .resideInAnyPackage("..query.domain..", "..query.application..")
                .should()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(CODE);
    }
}
