-- Grants, connectors and consents under way. All that belongs to a user hangs on users and goes with its row.

CREATE TABLE users (
    user_id    uuid PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE oauth_grant (
    grant_id            uuid PRIMARY KEY,
    user_id             uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    provider            text        NOT NULL,
    subject             text        NOT NULL,
    account             text        NOT NULL,
    generation          bigint      NOT NULL CHECK (generation > 0),
    scopes              text[]      NOT NULL,
    credential          bytea       NOT NULL,
    credential_version  bigint      NOT NULL CHECK (credential_version > 0),
    rotates             boolean     NOT NULL DEFAULT false,
    refresh_in_doubt    boolean     NOT NULL DEFAULT false,
    refresh_holder      uuid,
    refresh_instance    text,
    refresh_lease_until timestamptz,
    died_at             timestamptz,
    death_code          text,
    consented_at        timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, provider, subject)
);
COMMENT ON COLUMN oauth_grant.credential IS 'JSON, encrypted (AEAD) with user and provider as associated data';
COMMENT ON COLUMN oauth_grant.credential_version IS 'one higher with each change; a refresh is saved only over the version it was made from';
COMMENT ON COLUMN oauth_grant.rotates IS 'the provider has replaced the refresh token at least once';
COMMENT ON COLUMN oauth_grant.refresh_in_doubt IS 'a refresh of this version was sent, and no answer to it is known';
CREATE INDEX oauth_grant_account ON oauth_grant (provider, subject);

CREATE TABLE connector (
    user_id              uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    name                 text        NOT NULL,
    provider             text        NOT NULL,
    grant_id             uuid        REFERENCES oauth_grant DEFERRABLE INITIALLY DEFERRED,
    attempt              bigint      NOT NULL DEFAULT 0,
    announced_generation bigint      NOT NULL DEFAULT 0,
    introduced           boolean     NOT NULL DEFAULT false,
    lease_holder         text,
    lease_until          timestamptz,
    next_poll_at         timestamptz,
    cursor               text,
    consecutive_failures integer     NOT NULL DEFAULT 0 CHECK (consecutive_failures >= 0),
    open_intervals       integer     NOT NULL DEFAULT 0 CHECK (open_intervals >= 0),
    failure_class        text CHECK (failure_class IN ('REAUTH', 'ADMIN', 'CONFIG', 'TRANSIENT')),
    error_code           text,
    disabled             boolean     NOT NULL DEFAULT false,
    removed_at           timestamptz,
    created_at           timestamptz NOT NULL DEFAULT now(),
    updated_at           timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, name),
    CHECK ((removed_at IS NULL) = (grant_id IS NOT NULL))
);
COMMENT ON COLUMN connector.attempt IS 'one higher with each claim and each consent; never falls, not even when the connector is removed';
COMMENT ON COLUMN connector.announced_generation IS 'the newest generation that was published; a later consent is always of a higher one';
COMMENT ON COLUMN connector.introduced IS 'ConnectorConnected was published since it was connected';
COMMENT ON COLUMN connector.next_poll_at IS 'when it is due; null: not polled';
COMMENT ON COLUMN connector.open_intervals IS 'for how many poll intervals its breaker is open; 0: closed';
CREATE INDEX connector_due ON connector (name, next_poll_at) WHERE next_poll_at IS NOT NULL;
CREATE INDEX connector_of_grant ON connector (grant_id);

CREATE TABLE handled_command (
    command_id uuid PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    handled_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE handled_command IS 'commands that were answered; one that comes again changes nothing';
CREATE INDEX handled_command_age ON handled_command (handled_at);
CREATE INDEX handled_command_of_user ON handled_command (user_id);

CREATE TABLE pending_authorization (
    state_hash    bytea PRIMARY KEY,
    user_id       uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    browser_hash  text        NOT NULL,
    connector     text        NOT NULL,
    provider      text        NOT NULL,
    scopes        text[]      NOT NULL,
    secrets       bytea       NOT NULL,
    expires_at    timestamptz NOT NULL
);
COMMENT ON TABLE pending_authorization IS 'people who are at a provider, giving consent; each row is used once';
COMMENT ON COLUMN pending_authorization.browser_hash IS 'SHA-256, base64url, of the nonce in the cookie of the browser that began';
COMMENT ON COLUMN pending_authorization.secrets IS 'code verifier and nonce, encrypted like a credential';
CREATE INDEX pending_authorization_age ON pending_authorization (expires_at);
CREATE INDEX pending_authorization_of_user ON pending_authorization (user_id);

CREATE TABLE used_ticket (
    ticket_id  uuid PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
COMMENT ON TABLE used_ticket IS 'tickets that were redeemed, for as long as they would otherwise be good';
CREATE INDEX used_ticket_age ON used_ticket (expires_at);
