-- What query-api keeps for itself: who is signed in, and which commands were given. Nothing here is a fact of the log;
-- losing it signs people out and forgets the ids of commands.

-- Every table that is about a user hangs on his row here, so that erasing him is one DELETE.
CREATE TABLE web.users (
    user_id uuid PRIMARY KEY
);

CREATE TABLE web.session (
    -- SHA-256 of the cookie's value: whoever reads this table can not sign in with it.
    name         text PRIMARY KEY CHECK (name ~ '^[0-9a-f]{64}$'),
    user_id      uuid        NOT NULL REFERENCES web.users ON DELETE CASCADE,
    person_name  text        NOT NULL,
    roles        text[]      NOT NULL,
    -- Encrypted; shown to the issuer at sign-out and never to anybody else.
    id_token     text        NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT now(),
    last_used_at timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL
);

CREATE INDEX session_of_user ON web.session (user_id);
CREATE INDEX session_by_expiry ON web.session (expires_at);

CREATE TABLE web.command_issued (
    user_id    uuid        NOT NULL REFERENCES web.users ON DELETE CASCADE,
    command_id uuid        NOT NULL,
    issued_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, command_id)
);

CREATE INDEX command_issued_by_age ON web.command_issued (issued_at);
