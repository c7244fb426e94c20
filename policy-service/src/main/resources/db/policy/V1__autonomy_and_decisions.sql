-- Owned by policy-service. What is paused, what is allowed, what was decided. All that is a user's goes with its row in users.

CREATE TABLE users (
    user_id    uuid PRIMARY KEY,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Numbers what happens: taken while the control state is held, so that of a pause and an admission that exclude each other
-- the lower number came first.
CREATE SEQUENCE happening;

CREATE TABLE autonomy (
    user_id          uuid    PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    trust_tier       text    NOT NULL,
    settings         text    NOT NULL,
    settings_version bigint  NOT NULL,
    paused           boolean NOT NULL,
    pause_version    bigint  NOT NULL,
    pause_sequence   bigint  NOT NULL,
    paused_at        timestamptz,
    paused_by        uuid,
    pause_reason     text,
    policies_version bigint  NOT NULL,
    updated_at       timestamptz NOT NULL DEFAULT now()
);
COMMENT ON COLUMN autonomy.settings IS 'JSON of AutonomySettings; for the trust tier the column counts';
COMMENT ON COLUMN autonomy.pause_version IS 'of the newest pause, in force or not';
COMMENT ON COLUMN autonomy.pause_sequence IS 'of the newest pause, in force or not: approvals given before it count no more';

CREATE TABLE policy (
    user_id   uuid   NOT NULL REFERENCES users ON DELETE CASCADE,
    policy_id uuid   NOT NULL,
    version   bigint NOT NULL,
    policy    text   NOT NULL,
    PRIMARY KEY (user_id, policy_id)
);
COMMENT ON COLUMN policy.policy IS 'JSON of Policy';

CREATE TABLE operator_pause (
    kind       text    NOT NULL CHECK (kind IN ('everything', 'domain', 'connector', 'action_type', 'environment')),
    value      text    NOT NULL,
    paused     boolean NOT NULL,
    version    bigint  NOT NULL,
    sequence   bigint  NOT NULL,
    paused_at  timestamptz NOT NULL,
    paused_by  uuid    NOT NULL,
    reason     text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, value)
);
COMMENT ON COLUMN operator_pause.value IS 'empty where the kind needs none';

-- Each instance's own lever; the row of one that is gone grows old.
CREATE TABLE instance (
    instance_id           text        PRIMARY KEY,
    auto_execute_disabled boolean     NOT NULL,
    heard_at              timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE unreadable_command (
    source_topic     text        NOT NULL,
    source_partition integer     NOT NULL,
    source_offset    bigint      NOT NULL,
    -- whose it was; none: anybody's of the partition. The operator's: everybody's
    concerns         uuid,
    reason           text        NOT NULL,
    sequence         bigint      NOT NULL,
    noted_at         timestamptz NOT NULL DEFAULT now(),
    resolved_at      timestamptz,
    PRIMARY KEY (source_topic, source_partition, source_offset)
);

CREATE TABLE handled_command (
    command_id uuid        PRIMARY KEY,
    handled_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE handled_command IS 'commands that were answered; one that comes again changes nothing';
CREATE INDEX handled_command_age ON handled_command (handled_at);

CREATE TABLE connector (
    user_id   uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    name      text NOT NULL,
    condition text NOT NULL,
    PRIMARY KEY (user_id, name)
);

CREATE TABLE decision (
    decision_id        uuid        PRIMARY KEY,
    user_id            uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    action_id          uuid        NOT NULL,
    action_hash        text        NOT NULL,
    action             text        NOT NULL,
    connector          text,
    verdict            text        NOT NULL,
    revision           integer     NOT NULL,
    state              text        NOT NULL CHECK (state IN
        ('open', 'waiting', 'approved', 'denied', 'rejected', 'expired', 'admitted', 'completed')),
    expires_at         timestamptz NOT NULL,
    -- what was asked of a person last
    approval_id        uuid        UNIQUE,
    approval_level     text        CHECK (approval_level IN ('single', 'dual')),
    confirmation_token uuid,
    not_before         timestamptz,
    granted_at         timestamptz,
    granted_sequence   bigint,
    -- who does it, and what it takes from the day
    executor_id        text,
    spend_day          date,
    reserved_cents     bigint,
    outcome            text        CHECK (outcome IN ('succeeded', 'failed')),
    actual_cost_cents  bigint,
    last_refusal       text,
    -- what it waits for may be over
    reconsider         boolean     NOT NULL DEFAULT false,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, action_id),
    CHECK (state <> 'waiting' OR approval_id IS NOT NULL),
    CHECK (state <> 'approved' OR granted_sequence IS NOT NULL),
    CHECK (state NOT IN ('admitted', 'completed') OR executor_id IS NOT NULL)
)
WITH (fillfactor = 80);
COMMENT ON COLUMN decision.action IS 'JSON of Action, as it was hashed';
COMMENT ON COLUMN decision.verdict IS 'JSON of Verdict, the newest';
CREATE INDEX decision_expiry ON decision (expires_at) WHERE state IN ('open', 'waiting', 'approved');
CREATE INDEX decision_to_reconsider ON decision (decision_id) WHERE reconsider;
CREATE INDEX decision_waiting ON decision (user_id) WHERE state = 'waiting';

CREATE TABLE spend (
    user_id uuid   NOT NULL REFERENCES users ON DELETE CASCADE,
    -- by the user's clock
    day     date   NOT NULL,
    cents   bigint NOT NULL CHECK (cents >= 0),
    PRIMARY KEY (user_id, day)
);
COMMENT ON COLUMN spend.cents IS 'reserved by admissions, and settled by completions';

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

-- What folds want published, a row for each transaction; kept until Kafka has acknowledged all of it. Within a source
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
