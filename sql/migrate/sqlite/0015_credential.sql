-- What was signed for strangers when a certificate was issued or changed.  It
-- cannot be made again from the journal, which has its digest only.
CREATE TABLE credential (
    number TEXT NOT NULL,    -- of the certificate or sub-certificate
    serial INTEGER NOT NULL CHECK (serial > 0), -- 1, 2, 3 .. of that number
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    idx    INTEGER NOT NULL UNIQUE CHECK (idx >= 0), -- in the status lists
    json   TEXT NOT NULL,
    jwt    TEXT NOT NULL,
    qr     TEXT NOT NULL,
    key    INTEGER NOT NULL CHECK (key > 0), -- serial of the key that signed
    at     INTEGER NOT NULL, -- microseconds since 1970, UTC
    PRIMARY KEY (number, serial)
) STRICT;
CREATE INDEX credential_key ON credential (key, idx);
