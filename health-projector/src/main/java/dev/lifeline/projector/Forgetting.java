package dev.lifeline.projector;

import dev.lifeline.projector.adapter.postgres.Retention;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;

/** Has the read model forget, once a day, what is older than the log. */
final class Forgetting {

    private static final Logger log = LoggerFactory.getLogger(Forgetting.class);

    private final DataSource readModel;

    Forgetting(DataSource readModel) {
        this.readModel = readModel;
    }

    @Scheduled(initialDelay = 10, fixedDelay = 24 * 60, timeUnit = TimeUnit.MINUTES)
    void forget() {
        try {
            long rows = Retention.forget(readModel);
            if (rows > 0) {
                log.info("{} rows were older than what the log keeps, and are forgotten", rows);
            }
        } catch (SQLException e) {
            log.info("What is older than the log stays for another day: {}", e.getMessage());
        }
    }
}
