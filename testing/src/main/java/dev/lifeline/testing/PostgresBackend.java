package dev.lifeline.testing;

/** A PostgreSQL server that demands scram passwords. */
public interface PostgresBackend {

    /** Makes a new, empty database and gives its superuser's access. */
    Database freshDatabase();

    /** Takes the server away: connections end and new ones are refused, or nothing is answered any more. */
    void stop();

    /** Brings it back, with its data. */
    void start();
}
