-- What was signed for strangers when a certificate was issued or changed.  It
-- cannot be made again from the journal, which has its digest only.
CREATE TABLE credential (
    number text COLLATE "C" NOT NULL, -- of the certificate or sub-certificate
    serial bigint NOT NULL CHECK (serial > 0), -- 1, 2, 3 .. of that number
    digest bytea NOT NULL CHECK (length(digest) = 32),
    idx    bigint NOT NULL UNIQUE CHECK (idx >= 0), -- in the status lists
    json   text COLLATE "C" NOT NULL,
    jwt    text COLLATE "C" NOT NULL,
    qr     text COLLATE "C" NOT NULL,
    key    bigint NOT NULL CHECK (key > 0), -- serial of the key that signed
    at     bigint NOT NULL, -- microseconds since 1970, UTC
    PRIMARY KEY (number, serial)
);
CREATE INDEX credential_key ON credential (key, idx);
