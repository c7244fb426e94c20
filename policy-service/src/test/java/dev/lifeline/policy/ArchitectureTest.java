package dev.lifeline.policy;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.lifeline.events.Action;
import dev.lifeline.policy.application.Admit;
import dev.lifeline.policy.application.Judge;
import dev.lifeline.policy.domain.Context;
import dev.lifeline.policy.domain.Decision;
import dev.lifeline.policy.domain.Evaluation;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lifeline");

    @Test
    void what_is_judged_is_judged_by_the_one_function() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Judge.class, Evaluation.class)
                .should()
                .callMethod(Evaluation.class, "evaluate", Action.class, Context.class)
                .check(SERVICE);
    }

    @Test
    void there_is_one_way_to_be_admitted() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Admit.class, Decision.class)
                .should()
                .callMethod(Decision.class, "admitted", Decision.Admission.class)
                .orShould()
                .callConstructor(Admit.Answer.Admitted.class)
                .check(SERVICE);
    }

    @Test
    void who_admits_has_judged_again() {
        classes()
                .that()
                .belongToAnyOf(Admit.class)
                .and()
                .haveSimpleName("Admit")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Judge.class)
                .check(SERVICE);
    }

    @Test
    void the_domain_knows_the_events_and_nothing_else() {
        classes()
                .that()
                .resideInAPackage("..policy.domain..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java.lang..",
                        "java.math..",
                        "java.nio.charset..",
                        "java.security..",
                        "java.text..",
                        "java.time..",
                        "java.util..",
                        "org.jspecify..",
                        "dev.lifeline.events..",
                        "dev.lifeline.policy.domain.."))
                .check(SERVICE);
    }

    @Test
    void the_use_cases_know_no_adapter_and_no_framework() {
        noClasses()
                .that()
                .resideInAPackage("..policy.application..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..policy.adapter..", "org.springframework..", "dev.lifeline.runtime..", "java.sql..")
                .check(SERVICE);
    }

    @Test
    void sql_is_in_the_postgres_adapter_alone() {
        noClasses()
                .that()
                .resideInAPackage("dev.lifeline.policy..")
                .and()
                .resideOutsideOfPackage("..policy.adapter.postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.jdbc..")
                .check(SERVICE);
    }

    @Test
    void no_service_sees_another() {
        noClasses()
                .that()
                .resideInAPackage("dev.lifeline.policy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.lifeline.poller..",
                        "dev.lifeline.query..",
                        "dev.lifeline.projector..",
                        "dev.lifeline.sandbox..")
                .check(SERVICE);
    }

    @Test
    void time_and_ids_come_from_outside() {
        noClasses()
                .that()
                .resideInAPackage("dev.lifeline.policy..")
                .should()
                .callMethod(Instant.class, "now")
                .check(SERVICE);
        noClasses()
                .that()
                .resideInAnyPackage("..policy.domain..", "..policy.application..", "..policy.adapter..")
                .should()
                .callMethod(UUID.class, "randomUUID")
                .check(SERVICE);
    }
}
