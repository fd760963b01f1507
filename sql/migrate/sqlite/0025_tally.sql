-- What each case adds to the figures of the body, and the sums of that; the
-- invoices of all cases, and their sums a day.  All of it can be made again
-- from the journals.
CREATE TABLE case_tally (
    case_id BLOB NOT NULL CHECK (length(case_id) = 16),
    kind    INTEGER NOT NULL, -- domain/tally.h
    item    TEXT NOT NULL,    -- 'applied', 'contract', '3.2'
    quarter INTEGER NOT NULL, -- four times the year, and 0..3
    value   INTEGER NOT NULL, -- working days; a grade
    n       INTEGER NOT NULL CHECK (n > 0),
    PRIMARY KEY (case_id, kind, item, quarter, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE tally (
    kind    INTEGER NOT NULL,
    quarter INTEGER NOT NULL,
    scheme  TEXT NOT NULL,
    item    TEXT NOT NULL,
    value   INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (kind, quarter, scheme, item, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE invoice (
    case_id    BLOB NOT NULL CHECK (length(case_id) = 16),
    place      INTEGER NOT NULL, -- in its case: 1, 2, 3 ..
    enterprise BLOB NOT NULL CHECK (length(enterprise) = 16),
    number     TEXT NOT NULL,
    what       INTEGER NOT NULL, -- 0: the first certification ..
    state      INTEGER NOT NULL CHECK (state IN (0, 1, 2, 3)),
    due        INTEGER NOT NULL, -- day
    amount     INTEGER NOT NULL, -- fen, as are the next two
    paid       INTEGER NOT NULL,
    refunded   INTEGER NOT NULL, -- in its case
    PRIMARY KEY (case_id, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX invoice_state ON invoice (state, due, case_id, place);
CREATE INDEX invoice_enterprise ON invoice
    (enterprise, state, due, amount, paid);

CREATE TABLE invoice_sum (
    state  INTEGER NOT NULL,
    due    INTEGER NOT NULL,
    n      INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    paid   INTEGER NOT NULL,
    PRIMARY KEY (state, due)
) STRICT, WITHOUT ROWID;

-- What waits to be given back, whoever does it.
CREATE INDEX task_refund ON task (opens, case_id) WHERE kind = 'refund';
