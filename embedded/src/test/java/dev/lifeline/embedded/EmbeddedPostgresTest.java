package dev.lifeline.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

    private static final Path BINARIES = Path.of("target", "postgresql");

    @TempDir
    Path directory;

    @Test
    void keeps_rows_over_a_restart_and_a_crash() throws Exception {
        try (EmbeddedPostgres postgres = postgres()) {
            postgres.start();
            execute(postgres, "CREATE TABLE t (v text)", "INSERT INTO t VALUES ('kept')");
            postgres.stop();
            postgres.start();
            execute(postgres, "INSERT INTO t VALUES ('also after a crash')");
            postgres.crash();
            postgres.start();

            assertThat(query(postgres, "SELECT string_agg(v, ', ') FROM t")).isEqualTo("kept, also after a crash");
        }
    }

    @Test
    void writes_through_to_the_disk_and_demands_a_scram_password() throws Exception {
        try (EmbeddedPostgres postgres = postgres()) {
            postgres.start();

            assertThat(query(postgres, "SHOW fsync")).isEqualTo("on");
            assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(postgres, "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"))
                    .isEqualTo("scram-sha-256");
            assertThatThrownBy(() -> DriverManager.getConnection(
                            postgres.jdbcUrl("postgres"), EmbeddedPostgres.SUPERUSER, "guessed"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void stops_a_server_that_a_killed_process_left_behind() throws Exception {
        try (EmbeddedPostgres left = postgres();
                EmbeddedPostgres next = postgres()) {
            left.start();
            execute(left, "CREATE TABLE t (v text)", "INSERT INTO t VALUES ('kept')");

            next.start();

            assertThat(query(next, "SELECT v FROM t")).isEqualTo("kept");
            assertThat(Ports.isFree(left.host(), left.port())).isTrue();
            next.stop();
        }
    }

    /** As a version that is newer in its last digits brings them: the data is for all of one major version. */
    @Test
    void runs_the_programs_that_it_is_packaged_with_and_not_those_of_before() throws Exception {
        Path before = directory.resolve("postgres/postgresql-18");
        Files.createDirectories(before.resolve("bin"));
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.in(directory.resolve("postgres")).build()) {
            postgres.start();

            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
            assertThat(before).doesNotExist();
        }
    }

    @Test
    void is_not_kept_from_starting_by_the_id_of_a_process_that_is_no_server() throws Exception {
        try (EmbeddedPostgres postgres = postgres()) {
            postgres.start();
            postgres.stop();
            Path pidFile = directory.resolve("postgres/data/postmaster.pid");
            Files.write(pidFile, List.of(Long.toString(ProcessHandle.current().pid()), "", "0"));

            postgres.start();

            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void leaves_somebody_elses_postgresql_alone_that_has_the_id_of_a_server_of_ours() throws Exception {
        Path program = Files.copy(Path.of("/bin/sleep"), directory.resolve("postgres-of-others-postgres"));
        Process others = new ProcessBuilder(program.toString(), "600").start();
        try (EmbeddedPostgres postgres = postgres()) {
            postgres.start();
            postgres.stop();
            Path pidFile = directory.resolve("postgres/data/postmaster.pid");
            Files.write(pidFile, List.of(Long.toString(others.pid()), "", "1700000000"));

            postgres.start();

            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
            assertThat(others.isAlive()).isTrue();
        } finally {
            others.destroyForcibly();
        }
    }

    @Test
    void says_what_is_wrong_when_its_directory_is_damaged() throws Exception {
        try (EmbeddedPostgres postgres = postgres()) {
            postgres.start();
            postgres.stop();
            Files.delete(directory.resolve("postgres/data/PG_VERSION"));

            assertThatThrownBy(postgres::start)
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("is not a database cluster directory");
        }
    }

    private EmbeddedPostgres postgres() {
        return EmbeddedPostgres.in(directory.resolve("postgres"))
                .binaries(BINARIES)
                .password("secret")
                .build();
    }

    private static void execute(EmbeddedPostgres postgres, String... statements) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
