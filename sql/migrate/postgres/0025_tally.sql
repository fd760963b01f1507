-- What each case adds to the figures of the body, and the sums of that; the
-- invoices of all cases, and their sums a day.  All of it can be made again
-- from the journals.
CREATE TABLE case_tally (
    case_id bytea NOT NULL CHECK (length(case_id) = 16),
    kind    bigint NOT NULL, -- domain/tally.h
    item    text COLLATE "C" NOT NULL, -- 'applied', 'contract', '3.2'
    quarter bigint NOT NULL, -- four times the year, and 0..3
    value   bigint NOT NULL, -- working days; a grade
    n       bigint NOT NULL CHECK (n > 0),
    PRIMARY KEY (case_id, kind, item, quarter, value)
);

CREATE TABLE tally (
    kind    bigint NOT NULL,
    quarter bigint NOT NULL,
    scheme  text COLLATE "C" NOT NULL,
    item    text COLLATE "C" NOT NULL,
    value   bigint NOT NULL,
    n       bigint NOT NULL,
    PRIMARY KEY (kind, quarter, scheme, item, value)
);

CREATE TABLE invoice (
    case_id    bytea NOT NULL CHECK (length(case_id) = 16),
    place      bigint NOT NULL, -- in its case: 1, 2, 3 ..
    enterprise bytea NOT NULL CHECK (length(enterprise) = 16),
    number     text COLLATE "C" NOT NULL,
    what       bigint NOT NULL, -- 0: the first certification ..
    state      bigint NOT NULL CHECK (state IN (0, 1, 2, 3)),
    due        bigint NOT NULL, -- day
    amount     bigint NOT NULL, -- fen, as are the next two
    paid       bigint NOT NULL,
    refunded   bigint NOT NULL, -- in its case
    PRIMARY KEY (case_id, place)
);
CREATE INDEX invoice_state ON invoice (state, due, case_id, place);
CREATE INDEX invoice_enterprise ON invoice
    (enterprise, state, due, amount, paid);

CREATE TABLE invoice_sum (
    state  bigint NOT NULL,
    due    bigint NOT NULL,
    n      bigint NOT NULL,
    amount bigint NOT NULL,
    paid   bigint NOT NULL,
    PRIMARY KEY (state, due)
);

-- What waits to be given back, whoever does it.
CREATE INDEX task_refund ON task (opens, case_id) WHERE kind = 'refund';
