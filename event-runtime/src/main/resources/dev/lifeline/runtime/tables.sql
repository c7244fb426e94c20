-- How far each projection has read. A row for every partition, from the start.
CREATE TABLE projection_offset (
    projection   text        NOT NULL,
    topic        text        NOT NULL,
    partition    integer     NOT NULL,
    -- the offset of the next record to fold
    next_offset  bigint      NOT NULL CHECK (next_offset >= 0),
    -- by this database's clock: everything that was in the partition then has been folded
    caught_up_at timestamptz,
    -- by it Kafka tells whether the record before next_offset is still in the log; it is that of leader_epoch_at, and of no
    -- other offset that somebody may have set since
    leader_epoch    integer,
    leader_epoch_at bigint,
    PRIMARY KEY (projection, topic, partition)
);

-- What folds want published, a row for each transaction, or for each megabyte of it; kept until Kafka has acknowledged all of it. Within a source
-- partition in the order of id.
CREATE TABLE outbox (
    projection        text    NOT NULL,
    source_topic      text    NOT NULL,
    source_partition  integer NOT NULL,
    id                bigint  GENERATED ALWAYS AS IDENTITY,
    created_at        timestamptz NOT NULL DEFAULT now(),
    -- an element for each record, in their order
    event_ids         uuid[]    NOT NULL,
    topics            text[]    NOT NULL,
    target_partitions integer[] NOT NULL,
    keys              text[]    NOT NULL,
    types             text[]    NOT NULL,
    -- none: a tombstone
    payloads          bytea[]   NOT NULL,
    traceparents      text[]    NOT NULL,
    PRIMARY KEY (projection, source_topic, source_partition, id)
);
-- It is gone in a moment: not worth the work of compressing it.
ALTER TABLE outbox ALTER topics SET STORAGE EXTERNAL, ALTER keys SET STORAGE EXTERNAL, ALTER types SET STORAGE EXTERNAL,
    ALTER event_ids SET STORAGE EXTERNAL, ALTER target_partitions SET STORAGE EXTERNAL,
    ALTER payloads SET STORAGE EXTERNAL, ALTER traceparents SET STORAGE EXTERNAL;
