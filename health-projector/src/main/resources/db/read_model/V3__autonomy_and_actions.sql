-- What is paused and allowed, what was decided, and what waits for a person. Rows keep the version, or the sequence, of the
-- newest event that they reflect, so that one that comes twice changes nothing.

CREATE TABLE autonomy_state (
    user_id          uuid    PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    paused           boolean NOT NULL DEFAULT false,
    -- set when it was paused, and kept by whoever pauses again
    paused_at        timestamptz,
    paused_by        uuid,
    pause_reason     text,
    -- of the newest pause, in force or not
    pause_version    bigint  NOT NULL DEFAULT 0,
    -- JSON of AutonomySettings; none while the user has set nothing
    settings         text,
    settings_version bigint  NOT NULL DEFAULT 0,
    updated_at       timestamptz NOT NULL DEFAULT now()
);

-- The operator's, for everybody.
CREATE TABLE operator_pause (
    kind       text    NOT NULL CHECK (kind IN ('everything', 'domain', 'connector', 'action_type', 'environment')),
    -- empty where the kind needs none
    value      text    NOT NULL,
    paused     boolean NOT NULL,
    paused_at  timestamptz NOT NULL,
    paused_by  uuid    NOT NULL,
    reason     text,
    version    bigint  NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, value)
);

CREATE TABLE policy (
    user_id    uuid   NOT NULL REFERENCES users ON DELETE CASCADE,
    policy_id  uuid   NOT NULL,
    version    bigint NOT NULL,
    -- JSON of Policy; none once it is removed, so that a repeated event does not revive it
    policy     text,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, policy_id)
);

-- Commands that could not be read, and for whose sake actions need approval until an operator has looked.
CREATE TABLE unreadable_command (
    source_topic     text        NOT NULL,
    source_partition integer     NOT NULL,
    source_offset    bigint      NOT NULL,
    -- whose it was; none: anybody's of the partition
    concerns         uuid,
    reason           text        NOT NULL,
    noted_at         timestamptz NOT NULL,
    resolved_at      timestamptz,
    PRIMARY KEY (source_topic, source_partition, source_offset)
);

CREATE TABLE decision (
    decision_id       uuid    PRIMARY KEY,
    user_id           uuid    NOT NULL REFERENCES users ON DELETE CASCADE,
    action_id         uuid    NOT NULL,
    action_type       text    NOT NULL,
    -- JSON of Action
    action            text    NOT NULL,
    action_hash       text    NOT NULL,
    -- JSON of Verdict
    verdict           text    NOT NULL,
    -- how far the user trusted the assistant when that verdict was made
    trust_tier        text    NOT NULL,
    revision          integer NOT NULL,
    state             text    NOT NULL CHECK (state IN
        ('open', 'waiting', 'approved', 'denied', 'rejected', 'expired', 'admitted', 'completed')),
    executor_id       text,
    reserved_cents    bigint,
    refusal           text,
    outcome           text    CHECK (outcome IN ('succeeded', 'failed')),
    actual_cost_cents bigint,
    decided_at        timestamptz NOT NULL,
    changed_at        timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    sequence          bigint  NOT NULL,
    updated_at        timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX decision_of_user ON decision (user_id, decided_at);

CREATE TABLE approval (
    approval_id        uuid        PRIMARY KEY,
    user_id            uuid        NOT NULL REFERENCES users ON DELETE CASCADE,
    decision_id        uuid        NOT NULL,
    action_hash        text        NOT NULL,
    confirmation_level text        NOT NULL CHECK (confirmation_level IN ('single', 'dual')),
    reason             text,
    status             text        NOT NULL CHECK (status IN
        ('pending', 'approved', 'rejected', 'expired', 'withdrawn')),
    requested_at       timestamptz NOT NULL,
    expires_at         timestamptz NOT NULL,
    -- what the second of two confirmations has to bring, and when at the earliest
    confirmation_token uuid,
    not_before         timestamptz,
    answered_at        timestamptz,
    sequence           bigint      NOT NULL,
    updated_at         timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX approval_of_user ON approval (user_id, status, requested_at, approval_id);
CREATE INDEX approval_of_decision ON approval (decision_id);

-- Why it was rejected, short, for programs; none where none was given.
ALTER TABLE command ADD COLUMN code text;

-- The history tells of these too: of no connector, and from one level of trust to another.
ALTER TABLE timeline
    ALTER COLUMN connector_name DROP NOT NULL,
    DROP CONSTRAINT timeline_kind_check,
    DROP CONSTRAINT timeline_from_condition_check,
    DROP CONSTRAINT timeline_to_condition_check,
    -- what it is about where that is no connector: the type of an action, what is paused
    ADD COLUMN subject text,
    ADD CONSTRAINT timeline_kind_check CHECK (kind IN
        ('connected', 'reauthorized', 'condition_changed', 'disabled', 'enabled', 'removed', 'command_rejected',
         'user_paused', 'user_resumed', 'operator_paused', 'operator_resumed', 'settings_changed', 'trust_tier_changed',
         'policy_changed', 'policy_removed', 'action_denied', 'approval_requested', 'approval_granted',
         'approval_rejected', 'approval_expired', 'approval_withdrawn', 'action_admitted', 'action_refused',
         'action_expired', 'action_completed', 'action_failed'));
