package dev.lifeline.poller.adapter.postgres;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeline.poller.application.UnavailableException;
import dev.lifeline.testing.Backends;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Backends.class)
class DatabaseTest {

    @Test
    void a_server_that_only_reads_is_away(dev.lifeline.testing.Database backend) {
        Database database = new Database(backend.dataSource());
        assertThatThrownBy(() -> database.inTransaction(sql -> {
                    sql.sql("SET TRANSACTION READ ONLY").update();
                    return sql.sql("CREATE TABLE written (id int)").update();
                }))
                .isInstanceOf(UnavailableException.class);
    }
}
