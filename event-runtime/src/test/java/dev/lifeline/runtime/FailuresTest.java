package dev.lifeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;

class FailuresTest {

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "40P01", "53300", "55P03", "25006", "42P01", "42501", "28P01", "3D000"})
    void what_an_outage_or_an_operator_causes_passes(String sqlState) {
        assertThat(Failures.passing(new SQLException("away", sqlState))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22001", "22P02", "23514", "54000", "P0001"})
    void data_that_the_database_refuses_is_refused_for_ever(String sqlState) {
        assertThat(Failures.passing(new SQLException("refused", sqlState))).isFalse();
    }

    @Test
    void a_pool_without_a_connection_passes() {
        assertThat(Failures.passing(new SQLTransientConnectionException("timed out")))
                .isTrue();
    }

    @Test
    void the_cause_counts() {
        assertThat(Failures.passing(new IllegalStateException(new TimeoutException("away"))))
                .isTrue();
        assertThat(Failures.passing(new IllegalStateException(new QueryTimeoutException("slow"))))
                .isTrue();
    }

    @Test
    void a_bug_does_not_pass() {
        assertThat(Failures.passing(new NullPointerException())).isFalse();
        assertThat(Failures.passing(new DataIntegrityViolationException("duplicate")))
                .isFalse();
    }
}
