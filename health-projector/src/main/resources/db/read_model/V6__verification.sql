-- Which part of the read model was last found to be what the log comes to, and when: a row for each partition. Written by the
-- verification in the background; no fold of the log.
CREATE TABLE verification (
    partition     integer     PRIMARY KEY,
    -- how often it is to be proven
    every_seconds bigint      NOT NULL,
    -- when it was first to be proven
    since         timestamptz NOT NULL DEFAULT now(),
    -- when that was last begun
    tried_at      timestamptz,
    verified_at   timestamptz,
    -- the offsets before which all was folded then, on both sides
    cut           text,
    -- as they were then
    rows          bigint      NOT NULL DEFAULT 0,
    -- older than the log
    unprovable    bigint      NOT NULL DEFAULT 0,
    -- not what the log comes to
    different     bigint      NOT NULL DEFAULT 0
);

-- The first rows that were found not to be what the log comes to: where each is and whose, but nothing of what it says.
CREATE TABLE verification_difference (
    partition  integer NOT NULL REFERENCES verification ON DELETE CASCADE,
    table_name text    NOT NULL,
    -- the row, by the columns of its primary key
    row_key    text    NOT NULL,
    -- whose it is, whether or not the user is known here; none: nobody's
    concerns   uuid,
    PRIMARY KEY (partition, table_name, row_key)
);
