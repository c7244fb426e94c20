-- Owned by health-projector; others may read it. Everything here can be rebuilt from the log.
-- Names are unqualified: the schema is the one that the migration runs in, so that a rebuild can stand beside the live one.

-- The root of all that is a user's: deleting a row here erases the user from this schema.
CREATE TABLE users (
    user_id uuid PRIMARY KEY
);

CREATE TABLE connector_health (
    user_id              uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    connector_name       text        NOT NULL,
    provider             text        NOT NULL,
    account              text        NOT NULL,
    grant_id             uuid        NOT NULL,
    generation           bigint      NOT NULL,
    attempt              bigint      NOT NULL,
    status               text        NOT NULL CHECK (status IN ('connected', 'needs_reauth', 'disabled')),
    condition            text        NOT NULL CHECK (condition IN
        ('ok', 'retrying', 'needs_reauth', 'needs_admin', 'operator_fault', 'disabled', 'stale')),
    failure_class        text        CHECK (failure_class IN ('REAUTH', 'ADMIN', 'CONFIG', 'TRANSIENT')),
    error_code           text,
    consecutive_failures integer     NOT NULL,
    last_success_at      timestamptz,
    last_failure_at      timestamptz,
    -- when the next outcome is overdue; none for what is not polled
    due_by               timestamptz,
    -- when the condition last changed
    changed_at           timestamptz NOT NULL,
    -- since when it is hidden; the row stays, so that late events do not revive it
    removed_at           timestamptz,
    updated_at           timestamptz NOT NULL DEFAULT now(),
    version              bigint      NOT NULL,
    -- the newest event that the row reflects
    source_topic         text        NOT NULL,
    source_partition     integer     NOT NULL,
    source_offset        bigint      NOT NULL,
    PRIMARY KEY (user_id, connector_name)
)
-- Room on each page, and no index on what a poll changes, so that an update stays on its page and touches no index.
WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.1);

CREATE TABLE timeline (
    user_id          uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    source_topic     text        NOT NULL,
    source_partition integer     NOT NULL,
    source_offset    bigint      NOT NULL,
    -- tells apart what one event caused
    ordinal          integer     NOT NULL,
    at               timestamptz NOT NULL,
    kind             text        NOT NULL CHECK (kind IN
        ('connected', 'reauthorized', 'condition_changed', 'disabled', 'enabled', 'removed', 'command_rejected')),
    connector_name   text        NOT NULL,
    from_condition   text        CHECK (from_condition IN
        ('ok', 'retrying', 'needs_reauth', 'needs_admin', 'operator_fault', 'disabled', 'stale')),
    to_condition     text        CHECK (to_condition IN
        ('ok', 'retrying', 'needs_reauth', 'needs_admin', 'operator_fault', 'disabled', 'stale')),
    error_code       text,
    provider         text,
    PRIMARY KEY (source_topic, source_partition, source_offset, ordinal)
);
CREATE INDEX timeline_of_user ON timeline (user_id, at, source_offset, ordinal);

CREATE TABLE command (
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    command_id uuid        NOT NULL,
    state      text        NOT NULL CHECK (state IN ('done', 'rejected')),
    -- a sentence for the user; none when it was carried out
    reason     text,
    at         timestamptz NOT NULL,
    PRIMARY KEY (user_id, command_id)
);

-- How far each projection has read. A row for every partition, from the start.
CREATE TABLE projection_offset (
    projection   text        NOT NULL,
    topic        text        NOT NULL,
    partition    integer     NOT NULL,
    -- the offset of the next record to fold
    next_offset  bigint      NOT NULL CHECK (next_offset >= 0),
    -- by this database's clock: everything that was in the partition then has been folded
    caught_up_at timestamptz,
    PRIMARY KEY (projection, topic, partition)
);

-- What folds want published; kept until Kafka has acknowledged it. Within a source partition in the order of id.
CREATE TABLE outbox (
    projection       text    NOT NULL,
    source_topic     text    NOT NULL,
    source_partition integer NOT NULL,
    id               bigint  GENERATED ALWAYS AS IDENTITY,
    event_id         uuid    NOT NULL,
    topic            text    NOT NULL,
    target_partition integer NOT NULL,
    key              text    NOT NULL,
    type             text    NOT NULL,
    -- none: a tombstone
    value            bytea,
    traceparent      text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (projection, source_topic, source_partition, id)
);

-- Whoever shows the read model may read it, now and as it grows, and change nothing.
GRANT USAGE ON SCHEMA ${flyway:defaultSchema} TO ${reader};
GRANT SELECT ON ALL TABLES IN SCHEMA ${flyway:defaultSchema} TO ${reader};
ALTER DEFAULT PRIVILEGES IN SCHEMA ${flyway:defaultSchema} GRANT SELECT ON TABLES TO ${reader};
