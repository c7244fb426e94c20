-- Whether somebody has just looked at the same is asked at every look.
CREATE INDEX reading_of_reader ON web.reading (reader_id, read_at);
