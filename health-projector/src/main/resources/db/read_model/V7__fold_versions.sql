-- By which version of its fold each partition was folded, from which offset on. Before the first it was a release that did not
-- note it yet.
CREATE TABLE fold_version (
    projection  text        NOT NULL,
    topic       text        NOT NULL,
    partition   integer     NOT NULL,
    from_offset bigint      NOT NULL,
    version     integer     NOT NULL,
    since       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (projection, topic, partition, from_offset)
);
