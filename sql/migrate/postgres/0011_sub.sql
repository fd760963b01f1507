-- Sub-certificates, one for each site of a certificate.  Can be made again from
-- the journal; how one stands follows from the main one.
CREATE TABLE sub_certificate (
    number      text COLLATE "C" PRIMARY KEY,
    main        text COLLATE "C" NOT NULL REFERENCES certificate (number),
    n           bigint NOT NULL CHECK (n > 0), -- count under the main one
    site        text COLLATE "C" NOT NULL,
    address     text COLLATE "C" NOT NULL,
    scope_zh    text COLLATE "C" NOT NULL, -- empty: the main one's
    scope_en    text COLLATE "C" NOT NULL,
    issued      bigint NOT NULL,           -- days
    valid_until bigint NOT NULL,           -- inclusive
    ended       bigint,                    -- day; NULL: not alone
    UNIQUE (main, n)
);
