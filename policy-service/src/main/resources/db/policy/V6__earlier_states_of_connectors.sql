-- An earlier state may come late; as in the record that the condition is from.
ALTER TABLE connector ADD version bigint NOT NULL DEFAULT 0, ADD source_offset bigint NOT NULL DEFAULT 0;
