-- Names that once stood on a certificate and do no more.  Can be made again
-- from the journal.
CREATE TABLE former_holder (
    number text COLLATE "C" NOT NULL REFERENCES certificate (number),
    n      bigint NOT NULL CHECK (n > 0), -- 1: the first it had
    holder text COLLATE "C" NOT NULL,
    PRIMARY KEY (number, n)
);
