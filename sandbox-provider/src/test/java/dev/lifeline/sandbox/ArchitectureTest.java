package dev.lifeline.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.lifeline.sandbox");

    @Test
    void mailboxes_agendas_and_accounts_know_no_framework() {
        noClasses()
                .that()
                .resideInAnyPackage("..sandbox.mailbox..", "..sandbox.agenda..", "..sandbox.account..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta..", "tools.jackson..")
                .check(classes);
    }

    @Test
    void it_knows_no_other_module() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.lifeline.events..",
                        "dev.lifeline.runtime..",
                        "dev.lifeline.poller..",
                        "dev.lifeline.query..")
                .check(classes);
    }

    @Test
    void only_a_slow_answer_sleeps() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("FaultFilter")
                .should()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .check(classes);
    }

    @Test
    void the_time_comes_from_the_clock() {
        noClasses().should().callMethod(java.time.Instant.class, "now").check(classes);
    }
}
