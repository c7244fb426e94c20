package dev.lifeline.standalone.store;

/**
 * A service's role in the database, which owns one schema.
 *
 * @param name the role, which logs in by that name
 * @param schema what it owns
 */
public record Role(String name, String schema) {

    public static final Role POLLER = new Role("lifeline_poller", "poller");
    public static final Role PROJECTOR = new Role("lifeline_projector", "read_model");
    public static final Role POLICY = new Role("lifeline_policy", "policy");
    public static final Role QUERY = new Role("lifeline_query", "web");
}
