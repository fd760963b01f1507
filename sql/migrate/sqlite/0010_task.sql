-- What waits in the cases: for whom, from when, until when.  Can be made again
-- from the journal; `raised` is how much of it the tick has told.
CREATE TABLE task (
    case_id         BLOB NOT NULL CHECK (length(case_id) = 16),
    kind            TEXT NOT NULL,    -- 'check'
    number          INTEGER NOT NULL, -- of a complaint; else 0
    person          BLOB NOT NULL CHECK (length(person) = 16), -- zeros: a role
    roles           INTEGER NOT NULL, -- a set, one bit a role
    opens           INTEGER NOT NULL, -- day
    due             INTEGER,          -- day; NULL: no limit
    due_provisional INTEGER NOT NULL CHECK (due_provisional IN (0, 1)),
    raised          INTEGER NOT NULL CHECK (raised IN (0, 1, 2)),
    PRIMARY KEY (case_id, kind, number, person)
) STRICT;
CREATE INDEX task_opens ON task (raised, opens);
CREATE INDEX task_due ON task (raised, due);
CREATE INDEX task_person ON task (person, opens);

-- What the tick told of them: that one is there, that one is overdue.
CREATE TABLE notice (
    case_id BLOB NOT NULL CHECK (length(case_id) = 16),
    kind    TEXT NOT NULL,
    number  INTEGER NOT NULL,
    person  BLOB NOT NULL CHECK (length(person) = 16),
    what    INTEGER NOT NULL CHECK (what IN (1, 2)),
    day     INTEGER NOT NULL, -- since when it is so
    raised  INTEGER NOT NULL, -- day of the tick
    PRIMARY KEY (case_id, kind, number, person, what, day)
) STRICT;
CREATE INDEX notice_raised ON notice (raised);

-- The certificate that a case renews; the certificates that still run, and
-- those that were issued last.
ALTER TABLE case_view ADD COLUMN previous TEXT;
CREATE INDEX case_view_previous ON case_view (previous, number);
CREATE INDEX certificate_runs ON certificate (valid_until, number)
 WHERE status < 2;
CREATE INDEX certificate_scheme ON certificate (scheme_id, issued, number);
