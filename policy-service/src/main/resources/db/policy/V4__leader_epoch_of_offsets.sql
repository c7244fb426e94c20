-- By the leader epoch Kafka tells whether the record before next_offset is still in the log. It is that of leader_epoch_at,
-- and of no other offset that somebody may have set since.
ALTER TABLE projection_offset ADD leader_epoch integer, ADD leader_epoch_at bigint;
