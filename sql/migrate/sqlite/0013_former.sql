-- Names that once stood on a certificate and do no more.  Can be made again
-- from the journal.
CREATE TABLE former_holder (
    number TEXT NOT NULL REFERENCES certificate (number),
    n      INTEGER NOT NULL CHECK (n > 0), -- 1: the first it had
    holder TEXT NOT NULL,
    PRIMARY KEY (number, n)
) STRICT;
