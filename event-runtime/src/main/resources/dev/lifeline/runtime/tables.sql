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
