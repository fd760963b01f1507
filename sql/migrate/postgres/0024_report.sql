-- What the public reported of certificates and marks.  It stands in no journal:
-- a report becomes a matter of a case by what somebody of the body records there
-- (service/reports.h).
CREATE TABLE report (
    number      text COLLATE "C" PRIMARY KEY, -- 'R2026-0001'
    kind        bigint NOT NULL CHECK (kind BETWEEN 0 AND 4),
    certificate text COLLATE "C" NOT NULL,    -- number as it was given; '': unknown
    place       text COLLATE "C" NOT NULL,    -- where it was seen
    seen        bigint,          -- day; NULL: not said
    words       text COLLATE "C" NOT NULL,
    reporter    bytea,             -- who reported it, sealed; NULL: not said
    filed       bigint NOT NULL, -- day
    standing    bigint NOT NULL CHECK (standing BETWEEN 0 AND 2),
    done        bigint NOT NULL CHECK (done IN (0, 1)),
    turn        bigint NOT NULL, -- day filed; of what is done: minus its end
    ended       bigint,          -- day
    ended_by    bytea CHECK (length(ended_by) = 16),
    why         text COLLATE "C" NOT NULL,    -- it was closed
    case_number text COLLATE "C"              -- that took it over
);
CREATE INDEX report_turn ON report (done, turn, number);

-- Complaints and appeals of all cases; can be made again from the journal.
CREATE TABLE complaint (
    case_id  bytea NOT NULL CHECK (length(case_id) = 16),
    kind     bigint NOT NULL CHECK (kind IN (0, 1)), -- complaint, appeal
    number   bigint NOT NULL, -- in the case, of its kind
    about    bigint NOT NULL,
    subject  text COLLATE "C" NOT NULL,    -- how its text begins
    recorded bigint NOT NULL, -- day
    person   bytea CHECK (length(person) = 16), -- who handles it
    others   bigint NOT NULL, -- who handle it beside them
    done     bigint NOT NULL CHECK (done IN (0, 1)),
    turn     bigint NOT NULL, -- day recorded; of what is done: minus its end
    ended    bigint,          -- day
    outcome  bigint NOT NULL CHECK (outcome BETWEEN 0 AND 2),
    PRIMARY KEY (case_id, kind, number)
);
CREATE INDEX complaint_turn ON complaint (done, turn, case_id, kind, number);
