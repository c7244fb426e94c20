package dev.lifeline.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ContainerProperties;

class ArchitectureTest {

    private static final JavaClasses RUNTIME = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.lifeline.runtime");

    @Test
    void the_runtime_knows_no_word_of_the_domain() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.lifeline\\.events\\.(Connector.*|Condition|Status|FailureClass)"));
    }

    @Test
    void the_runtime_sees_no_service() {
        check(classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.lifeline.events..",
                        "dev.lifeline.runtime..",
                        "java..",
                        "javax.sql..",
                        "org.apache.kafka..",
                        "org.springframework..",
                        "io.micrometer..",
                        "org.slf4j..",
                        "org.jspecify.."));
    }

    @Test
    void sql_is_written_in_the_classes_of_the_tables_only() {
        check(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Offsets")
                .and()
                .doNotHaveSimpleName("Outbox")
                .and()
                .doNotBelongToAnyOf(Statements.class) // sends what the others write
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.sql.PreparedStatement"));
    }

    @Test
    void the_time_comes_from_a_clock() {
        check(noClasses().should().callMethod(Instant.class, "now"));
    }

    @Test
    void how_long_something_takes_is_not_asked_of_a_clock_that_can_be_set_back() {
        check(noClasses().should().callMethod(System.class, "currentTimeMillis"));
        check(noClasses().should().dependOnClassesThat().haveSimpleName("ListenerUtils"));
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .haveSimpleName("ListenerContainerIdleEvent")
                .orShould()
                .callMethod(ContainerProperties.class, "setIdleBetweenPolls", long.class));
    }

    private static void check(ArchRule rule) {
        rule.check(RUNTIME);
    }
}
