package dev.lifeline.runtime;

import java.sql.SQLException;
import java.util.Set;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/**
 * Tells failures that pass from those that do not. What passes is tried again for ever; anything else is a bug or a poison
 * record, and ends in the dead letters.
 */
final class Failures {

    /** Classes of SQLSTATE in which the data itself is refused; all others may pass, if only when an operator acts. */
    private static final Set<String> REFUSED_DATA = Set.of("21", "22", "23", "54", "P0");

    /** Classes of SQLSTATE which pass without anybody's doing: connections, deadlocks, resources, locks, a restart. */
    private static final Set<String> SOON = Set.of("08", "40", "53", "55", "57");

    /** The database's disk is full. */
    private static final String NO_ROOM = "53100";

    private Failures() {}

    /** Whether to begin again where one has come to may succeed without anybody's doing; a disk that is full stays so. */
    static boolean passingSoon(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database) {
                String state = database.getSQLState();
                return state == null || !state.equals(NO_ROOM) && SOON.stream().anyMatch(state::startsWith);
            }
        }
        return failure instanceof LostPartitionException || passing(failure);
    }

    /** Whether the same again may succeed. */
    static boolean passing(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case TransientFailureException passes -> {
                    return true;
                }
                case RetriableException passes -> {
                    return true;
                }
                case TransientDataAccessException passes -> {
                    return true;
                }
                case RecoverableDataAccessException passes -> {
                    return true;
                }
                case DataAccessResourceFailureException passes -> {
                    return true;
                }
                case CannotCreateTransactionException passes -> {
                    return true;
                }
                case SQLException database -> {
                    return passing(database.getSQLState());
                }
                default -> {}
            }
        }
        return false;
    }

    private static boolean passing(@Nullable String sqlState) {
        return sqlState == null || sqlState.length() < 2 || !REFUSED_DATA.contains(sqlState.substring(0, 2));
    }
}
