-- What witnesses said of checkpoints (merkle/cosignature.h).
CREATE TABLE log_cosignature (
    size    INTEGER NOT NULL REFERENCES log_checkpoint (size),
    witness TEXT NOT NULL,    -- its verifier key
    line    TEXT NOT NULL,    -- the signature line, with its newline
    at      INTEGER NOT NULL, -- the witness's own time, microseconds
    PRIMARY KEY (size, witness)
) STRICT, WITHOUT ROWID;
