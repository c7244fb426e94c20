-- Who was erased, and is never brought back: folds leave out what the log still has of them.
CREATE TABLE erased_user (
    user_id   uuid        PRIMARY KEY,
    erased_at timestamptz NOT NULL
);

-- Connectors that went with an erased user, and of whose end the health topic has yet to be told.
CREATE TABLE owed_tombstone (
    user_id          uuid    NOT NULL,
    connector_name   text    NOT NULL,
    source_topic     text    NOT NULL,
    source_partition integer NOT NULL,
    source_offset    bigint  NOT NULL,
    PRIMARY KEY (user_id, connector_name)
);

CREATE INDEX unreadable_command_of_user ON unreadable_command (concerns);
