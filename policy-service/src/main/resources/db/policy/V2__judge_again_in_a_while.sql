-- When to judge again is an instant: at once what is told to have passed, after a while what passes and tells nobody.
ALTER TABLE decision ADD COLUMN reconsider_at timestamptz;
UPDATE decision SET reconsider_at = now() WHERE reconsider;
ALTER TABLE decision DROP COLUMN reconsider;
COMMENT ON COLUMN decision.reconsider_at IS 'when what it waits for may be over; null: that will be told';
CREATE INDEX decision_to_reconsider ON decision (reconsider_at) WHERE reconsider_at IS NOT NULL;
