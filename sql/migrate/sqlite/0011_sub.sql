-- Sub-certificates, one for each site of a certificate.  Can be made again from
-- the journal; how one stands follows from the main one.
CREATE TABLE sub_certificate (
    number      TEXT PRIMARY KEY,
    main        TEXT NOT NULL REFERENCES certificate (number),
    n           INTEGER NOT NULL CHECK (n > 0), -- count under the main one
    site        TEXT NOT NULL,
    address     TEXT NOT NULL,
    scope_zh    TEXT NOT NULL,    -- empty: the main one's
    scope_en    TEXT NOT NULL,
    issued      INTEGER NOT NULL, -- days
    valid_until INTEGER NOT NULL, -- inclusive
    ended       INTEGER,          -- day; NULL: not alone
    UNIQUE (main, n)
) STRICT;
