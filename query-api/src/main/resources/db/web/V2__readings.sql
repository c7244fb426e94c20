-- What was looked at that is another's, by whom: auditors read everything, and what they read is kept here.
CREATE TABLE web.reading (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    read_at   timestamptz NOT NULL DEFAULT now(),
    reader_id uuid        NOT NULL,
    -- whose; none: everybody's
    user_id   uuid        REFERENCES web.users ON DELETE CASCADE,
    address   text        NOT NULL
);

CREATE INDEX reading_of_user ON web.reading (user_id, read_at);
