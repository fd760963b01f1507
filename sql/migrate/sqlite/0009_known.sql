-- A stage, a status, a number of stars is one that the trade has: lists of
-- names are indexed by them.  SQLite adds no rule to a column that is there, so
-- both tables, to which nothing refers, are made anew.

CREATE TABLE case_known (
    id              BLOB PRIMARY KEY CHECK (length(id) = 16),
    number          TEXT NOT NULL UNIQUE,
    enterprise      BLOB NOT NULL REFERENCES enterprise (id),
    scheme_id       TEXT NOT NULL,
    scheme_hash     BLOB NOT NULL REFERENCES scheme_package (hash),
    stage           INTEGER NOT NULL CHECK (stage BETWEEN 0 AND 11),
    status          INTEGER NOT NULL CHECK (status BETWEEN 0 AND 2),
    wanted          TEXT NOT NULL,    -- id of the level applied for
    opened          INTEGER NOT NULL, -- day
    due             INTEGER,          -- day; NULL: no limit runs
    due_provisional INTEGER NOT NULL CHECK (due_provisional IN (0, 1)),
    certificate     TEXT,             -- its number, once there is one
    version         INTEGER NOT NULL
) STRICT;
INSERT INTO case_known
SELECT id, number, enterprise, scheme_id, scheme_hash, stage, status, wanted,
       opened, due, due_provisional, certificate, version
  FROM case_view;
DROP TABLE case_view;
ALTER TABLE case_known RENAME TO case_view;
CREATE INDEX case_view_stage ON case_view (stage, number);
CREATE INDEX case_view_due ON case_view (due, number);
CREATE INDEX case_view_enterprise ON case_view (enterprise, number);

CREATE TABLE certificate_known (
    number       TEXT PRIMARY KEY,
    id           BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    case_id      BLOB CHECK (length(case_id) = 16), -- NULL: imported
    enterprise   BLOB REFERENCES enterprise (id),   -- NULL: not one we know
    holder       TEXT NOT NULL,
    uscc         TEXT NOT NULL,
    scheme_id    TEXT NOT NULL,
    criterion    TEXT NOT NULL,
    level_id     TEXT NOT NULL,
    stars        INTEGER NOT NULL CHECK (stars BETWEEN 0 AND 20),
    issued       INTEGER NOT NULL,                  -- days
    valid_from   INTEGER NOT NULL,
    valid_until  INTEGER NOT NULL,                  -- inclusive
    first_issued INTEGER NOT NULL,
    status       INTEGER NOT NULL CHECK (status BETWEEN 0 AND 4),
    status_since INTEGER NOT NULL,
    scope_zh     TEXT NOT NULL,
    scope_en     TEXT NOT NULL,
    log_index    INTEGER,                           -- NULL: not yet sequenced
    version      INTEGER NOT NULL,
    scheme_hash  BLOB REFERENCES scheme_package (hash), -- NULL: imported
    suspended_until INTEGER                         -- day; NULL: it is not
) STRICT;
INSERT INTO certificate_known
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version, scheme_hash,
       suspended_until
  FROM certificate;
DROP TABLE certificate;
ALTER TABLE certificate_known RENAME TO certificate;
CREATE INDEX certificate_uscc ON certificate (uscc, number);
CREATE INDEX certificate_holder ON certificate (holder, number);
CREATE INDEX certificate_case ON certificate (case_id, number);
CREATE INDEX certificate_until ON certificate (valid_until, number);
