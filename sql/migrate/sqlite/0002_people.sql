-- Who acts, and for whom.

CREATE TABLE enterprise (
    id            BLOB PRIMARY KEY CHECK (length(id) = 16),
    uscc          TEXT NOT NULL UNIQUE, -- social credit code
    name          TEXT NOT NULL,
    name_en       TEXT NOT NULL,        -- may be empty
    registered    INTEGER,              -- day; NULL: not known
    province      TEXT NOT NULL,
    city          TEXT NOT NULL,
    address       TEXT NOT NULL,
    scope         TEXT NOT NULL,        -- registered business scope
    contact_name  TEXT NOT NULL,
    contact_phone TEXT NOT NULL,
    contact_mail  TEXT NOT NULL
) STRICT;
CREATE INDEX enterprise_name ON enterprise (name, id);

CREATE TABLE person (
    id         BLOB PRIMARY KEY CHECK (length(id) = 16),
    login      TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    roles      INTEGER NOT NULL,                -- a set, one bit a role
    enterprise BLOB REFERENCES enterprise (id), -- NULL: belongs to the body
    secret     TEXT NOT NULL,                   -- the password's check
    state      INTEGER NOT NULL
) STRICT;
CREATE INDEX person_enterprise ON person (enterprise, login);

-- Ties that forbid a person to audit an enterprise.
CREATE TABLE relation (
    person     BLOB NOT NULL REFERENCES person (id),
    enterprise BLOB NOT NULL REFERENCES enterprise (id),
    until      INTEGER,                 -- last day; NULL: it goes on
    PRIMARY KEY (person, enterprise)
) STRICT;
