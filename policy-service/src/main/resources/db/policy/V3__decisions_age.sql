-- Decisions go when the events that told of them do. Rows lie in the order in which they were made, so a summary of each
-- stretch of the table finds the old ones, and costs those that are made next to nothing.
CREATE INDEX decision_age ON decision USING brin (created_at);

COMMENT ON COLUMN decision.granted_at IS 'when a person answered: yes, or no where the decision is rejected';
COMMENT ON COLUMN decision.granted_sequence IS 'the answer''s place among what happened';
