-- What waits is judged again when something is lifted that withheld many, oldest judgement first.
CREATE INDEX decision_waiting_since ON decision (updated_at) WHERE state = 'waiting';
COMMENT ON COLUMN operator_pause.updated_at IS 'when it was pulled or lifted, with the control state held';
COMMENT ON COLUMN unreadable_command.resolved_at IS 'when it was looked into, with the control state held';
