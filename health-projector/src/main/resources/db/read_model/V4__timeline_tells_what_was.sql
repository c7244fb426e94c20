-- What a user's history must hold to say how things stood at an earlier time. Lines from before have none of it, until the
-- read model is rebuilt.
ALTER TABLE timeline
    -- of a line about a connector: as it was from then on
    ADD COLUMN grant_id        uuid,
    ADD COLUMN failure_class   text,
    ADD COLUMN last_success_at timestamptz,
    -- of consent: to which account
    ADD COLUMN account         text,
    -- of any other line: JSON of the event; of a denied action, of the verdict
    ADD COLUMN detail          text;
