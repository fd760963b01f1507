-- What somebody has begun to say in a case and not yet said: their own, and
-- gone with what it was begun for (service/drafts.h).
CREATE TABLE draft (
    case_id bytea NOT NULL CHECK (length(case_id) = 16), -- of its stream
    person  bytea NOT NULL CHECK (length(person) = 16),
    command text COLLATE "C" NOT NULL,
    body    text COLLATE "C" NOT NULL,
    saved   bigint NOT NULL, -- microseconds UTC
    PRIMARY KEY (case_id, person, command)
);
