package dev.lifeline.projector;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lifeline");

    @Test
    void the_domain_knows_the_events_and_nothing_else() {
        classes()
                .that()
                .resideInAPackage("..projector.domain..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java.lang..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..",
                        "dev.lifeline.events..",
                        "dev.lifeline.projector.domain.."))
                .check(SERVICE);
    }

    @Test
    void sql_is_in_the_postgres_adapter_but_for_the_transaction_that_is_handed_through() {
        noClasses()
                .that()
                .resideInAPackage("dev.lifeline.projector..")
                .and()
                .resideOutsideOfPackage("..projector.adapter.postgres..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.PreparedStatement")
                .check(SERVICE);
    }

    @Test
    void the_postgres_adapter_does_not_know_who_calls_it() {
        noClasses()
                .that()
                .resideInAPackage("..projector.adapter.postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..projector.adapter.kafka..", "dev.lifeline.runtime..", "org.springframework..")
                .check(SERVICE);
    }

    @Test
    void no_service_sees_another() {
        noClasses()
                .that()
                .resideInAPackage("dev.lifeline.projector..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.lifeline.poller..", "dev.lifeline.query..", "dev.lifeline.sandbox..")
                .check(SERVICE);
    }

    @Test
    void time_and_ids_come_from_events() {
        noClasses()
                .that()
                .resideInAPackage("dev.lifeline.projector..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .check(SERVICE);
    }
}
