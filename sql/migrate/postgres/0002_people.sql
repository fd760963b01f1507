-- Who acts, and for whom.

CREATE TABLE enterprise (
    id            bytea PRIMARY KEY CHECK (length(id) = 16),
    uscc          text COLLATE "C" NOT NULL UNIQUE, -- social credit code
    name          text COLLATE "C" NOT NULL,
    name_en       text COLLATE "C" NOT NULL,        -- may be empty
    registered    bigint,                           -- day; NULL: not known
    province      text COLLATE "C" NOT NULL,
    city          text COLLATE "C" NOT NULL,
    address       text COLLATE "C" NOT NULL,
    scope         text COLLATE "C" NOT NULL,        -- registered business scope
    contact_name  text COLLATE "C" NOT NULL,
    contact_phone text COLLATE "C" NOT NULL,
    contact_mail  text COLLATE "C" NOT NULL
);
CREATE INDEX enterprise_name ON enterprise (name, id);

CREATE TABLE person (
    id         bytea PRIMARY KEY CHECK (length(id) = 16),
    login      text COLLATE "C" NOT NULL UNIQUE,
    name       text COLLATE "C" NOT NULL,
    roles      bigint NOT NULL,                  -- a set, one bit a role
    enterprise bytea REFERENCES enterprise (id), -- NULL: belongs to the body
    secret     text COLLATE "C" NOT NULL,        -- the password's check
    state      bigint NOT NULL
);
CREATE INDEX person_enterprise ON person (enterprise, login);

-- Ties that forbid a person to audit an enterprise.
CREATE TABLE relation (
    person     bytea NOT NULL REFERENCES person (id),
    enterprise bytea NOT NULL REFERENCES enterprise (id),
    until      bigint, -- last day; NULL: it goes on
    PRIMARY KEY (person, enterprise)
);
