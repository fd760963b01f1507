-- What the reporter says of a subject for the authority's sheets, sealed: some
-- of it is somebody's own (service/particulars.h).
CREATE TABLE particular (
    subject text COLLATE "C" PRIMARY KEY, -- 'body', 'enterprise/9135..', 'person/0102..'
    sealed  bytea NOT NULL
);
