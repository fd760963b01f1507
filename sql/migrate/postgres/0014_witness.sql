-- What witnesses said of checkpoints (merkle/cosignature.h).
CREATE TABLE log_cosignature (
    size    bigint NOT NULL REFERENCES log_checkpoint (size),
    witness text COLLATE "C" NOT NULL, -- its verifier key
    line    text COLLATE "C" NOT NULL, -- the signature line, with its newline
    at      bigint NOT NULL,           -- the witness's own time, microseconds
    PRIMARY KEY (size, witness)
);
