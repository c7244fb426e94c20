package dev.lifeline.poller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rings of the service: arrows point inward. */
class ArchitectureTest {

    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lifeline.poller");

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.lifeline.poller");

    @Test
    void the_domain_is_pure_java() {
        check(classes()
                .that()
                .resideInAPackage("..poller.domain..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "dev.lifeline.events..", "..poller.domain..", "org.jspecify..", "tools.jackson.."));
    }

    @Test
    void use_cases_know_no_adapter_and_no_framework() {
        check(classes()
                .that()
                .resideInAPackage("..poller.application..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "dev.lifeline.events..",
                        "..poller.domain..",
                        "..poller.application..",
                        "org.jspecify..",
                        "org.slf4j.."));
    }

    @Test
    void adapters_do_not_know_each_other() {
        SlicesRuleDefinition.slices()
                .matching("dev.lifeline.poller.adapter.(*)..")
                .should()
                .notDependOnEachOther()
                .check(PRODUCTION);
    }

    @Test
    void no_service_sees_another() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.lifeline.projector..", "dev.lifeline.query..", "dev.lifeline.sandbox.."));
    }

    @Test
    void sql_is_only_in_the_postgres_adapter() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("..adapter.postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.springframework.jdbc.."));
    }

    @Test
    void kafka_is_only_in_the_kafka_adapter() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("..adapter.kafka..", "dev.lifeline.poller")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..", "dev.lifeline.runtime.."));
    }

    @Test
    void time_and_random_ids_come_in_at_the_edge() {
        check(noClasses()
                .that()
                .resideInAnyPackage("..domain..", "..application..", "..adapter..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID"));
    }

    @Test
    void no_test_sleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(TESTS);
    }

    private static void check(ArchRule rule) {
        rule.check(PRODUCTION);
    }
}
