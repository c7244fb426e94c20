-- What waits for something that passes by itself, and tells nobody that it has passed, is judged again after a while.
ALTER TABLE decision ADD COLUMN reconsider_at timestamptz;
COMMENT ON COLUMN decision.reconsider_at IS 'when what it waits for may have passed by itself; null: that is told';
CREATE INDEX decision_to_reconsider_in_time ON decision (reconsider_at) WHERE reconsider_at IS NOT NULL;
