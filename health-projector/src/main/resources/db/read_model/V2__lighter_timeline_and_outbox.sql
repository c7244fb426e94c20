-- One index serves both: it finds a user's history in order, and tells apart what one event caused.
DROP INDEX timeline_of_user;
ALTER TABLE timeline DROP CONSTRAINT timeline_pkey;
ALTER TABLE timeline ADD PRIMARY KEY (user_id, at, source_offset, ordinal, source_topic);

-- What folds want published, a row for each transaction; kept until Kafka has acknowledged all of it. Within a source
-- partition in the order of id.
ALTER TABLE outbox RENAME TO outbox_of_records;
ALTER TABLE outbox_of_records RENAME CONSTRAINT outbox_pkey TO outbox_of_records_pkey;
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
INSERT INTO outbox (projection, source_topic, source_partition, created_at, event_ids, topics, target_partitions, keys,
                    types, payloads, traceparents)
SELECT projection, source_topic, source_partition, min(created_at), array_agg(event_id ORDER BY id),
       array_agg(topic ORDER BY id), array_agg(target_partition ORDER BY id), array_agg(key ORDER BY id),
       array_agg(type ORDER BY id), array_agg(value ORDER BY id), array_agg(traceparent ORDER BY id)
FROM outbox_of_records
GROUP BY projection, source_topic, source_partition;
DROP TABLE outbox_of_records;
