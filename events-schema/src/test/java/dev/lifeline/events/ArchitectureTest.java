package dev.lifeline.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.lifeline.events");

    @Test
    void it_needs_jackson_and_kafka_clients_and_nothing_else() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.lifeline.events..",
                        "java..",
                        "tools.jackson..",
                        "com.fasterxml.jackson.annotation..",
                        "org.apache.kafka..",
                        "org.jspecify.annotations..")
                .check(CLASSES);
    }

    @Test
    void a_message_is_a_record_or_a_family_of_records() {
        classes()
                .that()
                .implement(Message.class)
                .and()
                .areNotInterfaces()
                .should()
                .beRecords()
                .andShould()
                .beAnnotatedWith(MessageType.class)
                .check(CLASSES);
    }

    @Test
    void a_message_travels_under_a_name_of_its_own_that_is_no_class_name() {
        assertThat(Codec.types())
                .allMatch(type -> type.matches("lifeline(\\.[a-z]+(-[a-z]+)*)\\.v[1-9][0-9]*"))
                .doesNotHaveDuplicates();
        Map<String, Long> classes = Codec.types().stream()
                .map(type -> Codec.classOf(type).orElseThrow().getName())
                .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        assertThat(classes).hasSize(Codec.types().size());
    }

    @Test
    void time_and_ids_come_from_outside() {
        noClasses().should().callMethod(java.time.Instant.class, "now").check(CLASSES);
        noClasses().should().callMethod(java.util.UUID.class, "randomUUID").check(CLASSES);
    }
}
