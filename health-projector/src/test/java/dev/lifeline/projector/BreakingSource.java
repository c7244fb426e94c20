package dev.lifeline.projector;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database whose connections break, each time one step later than the time before, so that every step is some time the one
 * that does not happen. At every other commit it does happen, and only its answer is lost.
 */
final class BreakingSource extends DelegatingDataSource {

    private final AtomicInteger breaks = new AtomicInteger();
    private int steps;
    private int soundSteps;
    private volatile boolean mended;

    BreakingSource(DataSource sound) {
        super(sound);
    }

    int breaks() {
        return breaks.get();
    }

    void mend() {
        mended = true;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection sound = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    String step = method.getName();
                    boolean counts = step.equals("prepareStatement") || step.equals("commit");
                    boolean breaksNow = counts && breaksNow();
                    boolean answerLost = breaksNow && step.equals("commit") && breaks.get() % 2 == 0;
                    if (breaksNow && !answerLost) {
                        throw broken(step);
                    }
                    try {
                        Object result = method.invoke(sound, arguments);
                        if (answerLost) {
                            throw broken("the answer to commit");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private synchronized boolean breaksNow() {
        if (mended || steps++ < soundSteps) {
            return false;
        }
        steps = 0;
        soundSteps++;
        breaks.incrementAndGet();
        return true;
    }

    private static SQLException broken(String step) {
        return new SQLException("the connection broke at " + step, "08006");
    }
}
