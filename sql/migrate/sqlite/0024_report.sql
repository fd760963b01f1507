-- What the public reported of certificates and marks.  It stands in no journal:
-- a report becomes a matter of a case by what somebody of the body records there
-- (service/reports.h).
CREATE TABLE report (
    number      TEXT PRIMARY KEY, -- 'R2026-0001'
    kind        INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 4),
    certificate TEXT NOT NULL,    -- number as it was given; '': unknown
    place       TEXT NOT NULL,    -- where it was seen
    seen        INTEGER,          -- day; NULL: not said
    words       TEXT NOT NULL,
    reporter    BLOB,             -- who reported it, sealed; NULL: not said
    filed       INTEGER NOT NULL, -- day
    standing    INTEGER NOT NULL CHECK (standing BETWEEN 0 AND 2),
    done        INTEGER NOT NULL CHECK (done IN (0, 1)),
    turn        INTEGER NOT NULL, -- day filed; of what is done: minus its end
    ended       INTEGER,          -- day
    ended_by    BLOB CHECK (length(ended_by) = 16),
    why         TEXT NOT NULL,    -- it was closed
    case_number TEXT              -- that took it over
) STRICT;
CREATE INDEX report_turn ON report (done, turn, number);

-- Complaints and appeals of all cases; can be made again from the journal.
CREATE TABLE complaint (
    case_id  BLOB NOT NULL CHECK (length(case_id) = 16),
    kind     INTEGER NOT NULL CHECK (kind IN (0, 1)), -- complaint, appeal
    number   INTEGER NOT NULL, -- in the case, of its kind
    about    INTEGER NOT NULL,
    subject  TEXT NOT NULL,    -- how its text begins
    recorded INTEGER NOT NULL, -- day
    person   BLOB CHECK (length(person) = 16), -- who handles it
    others   INTEGER NOT NULL, -- who handle it beside them
    done     INTEGER NOT NULL CHECK (done IN (0, 1)),
    turn     INTEGER NOT NULL, -- day recorded; of what is done: minus its end
    ended    INTEGER,          -- day
    outcome  INTEGER NOT NULL CHECK (outcome BETWEEN 0 AND 2),
    PRIMARY KEY (case_id, kind, number)
) STRICT;
CREATE INDEX complaint_turn ON complaint (done, turn, case_id, kind, number);
