package dev.lifeline.runtime;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A database whose connections break: after the first call, then after two more, then after three more, and so on, so that
 * each step of a transaction is, some time, the one that does not happen. Every other time a commit is hit, it does happen,
 * and only its answer is lost.
 */
final class FailingSource implements DataSource {

    private final DataSource sound;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private int nextFailure = 1;
    private boolean answerLost;
    private volatile boolean healed;
    private final AtomicBoolean losing = new AtomicBoolean();

    FailingSource(DataSource sound) {
        this.sound = sound;
    }

    void heal() {
        healed = true;
    }

    /** The next commit happens, and its answer does not come. */
    void loseTheNextAnswer() {
        losing.set(true);
    }

    int failures() {
        return failures.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        step("getConnection");
        Connection connection = sound.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    boolean commitThenFail = false;
                    if (!method.getName().equals("close") && !method.getName().equals("rollback")) {
                        commitThenFail = step(method.getName());
                    }
                    try {
                        Object result = method.invoke(connection, arguments);
                        if (commitThenFail) {
                            throw broken("the answer to commit");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Whether to fail after the call rather than before it. */
    private synchronized boolean step(String name) throws SQLException {
        if (name.equals("commit") && losing.getAndSet(false)) {
            return true;
        }
        if (healed || calls.incrementAndGet() < nextFailure) {
            return false;
        }
        calls.set(0);
        nextFailure++;
        failures.incrementAndGet();
        if (name.equals("commit")) {
            answerLost = !answerLost;
            if (answerLost) {
                return true;
            }
        }
        throw broken(name);
    }

    private static SQLException broken(String step) {
        return new SQLException("the connection broke at " + step, "08006");
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
        return new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return sound.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return sound.isWrapperFor(type);
    }
}
