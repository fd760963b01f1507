-- What somebody has begun to say in a case and not yet said: their own, and
-- gone with what it was begun for (service/drafts.h).
CREATE TABLE draft (
    case_id BLOB NOT NULL CHECK (length(case_id) = 16), -- of its stream
    person  BLOB NOT NULL CHECK (length(person) = 16),
    command TEXT NOT NULL,
    body    TEXT NOT NULL,
    saved   INTEGER NOT NULL, -- microseconds UTC
    PRIMARY KEY (case_id, person, command)
) STRICT;
