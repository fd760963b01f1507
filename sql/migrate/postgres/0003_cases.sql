-- Frozen schemes, and the cases and certificates as they stand now.  The last
-- two can be made again from the journal.

CREATE TABLE scheme_package (
    hash    bytea PRIMARY KEY CHECK (length(hash) = 32),
    id      text COLLATE "C" NOT NULL, -- 'ten-star'
    version text COLLATE "C" NOT NULL,
    frozen  bigint NOT NULL            -- at
);
CREATE INDEX scheme_package_id ON scheme_package (id, frozen);

CREATE TABLE scheme_file (
    hash  bytea NOT NULL REFERENCES scheme_package (hash),
    path  text COLLATE "C" NOT NULL,
    bytes bytea NOT NULL,
    PRIMARY KEY (hash, path)
);

CREATE TABLE case_view (
    id              bytea PRIMARY KEY CHECK (length(id) = 16),
    number          text COLLATE "C" NOT NULL UNIQUE,
    enterprise      bytea NOT NULL REFERENCES enterprise (id),
    scheme_id       text COLLATE "C" NOT NULL,
    scheme_hash     bytea NOT NULL REFERENCES scheme_package (hash),
    stage           bigint NOT NULL,
    status          bigint NOT NULL,
    wanted          text COLLATE "C" NOT NULL, -- id of the level applied for
    opened          bigint NOT NULL,           -- day
    due             bigint,                    -- day; NULL: no limit runs
    due_provisional bigint NOT NULL CHECK (due_provisional IN (0, 1)),
    certificate     text COLLATE "C",          -- its number, once there is one
    version         bigint NOT NULL
);
CREATE INDEX case_view_stage ON case_view (stage, number);
CREATE INDEX case_view_due ON case_view (due, number);
CREATE INDEX case_view_enterprise ON case_view (enterprise, number);

CREATE TABLE certificate (
    number       text COLLATE "C" PRIMARY KEY,
    id           bytea NOT NULL UNIQUE CHECK (length(id) = 16),
    case_id      bytea CHECK (length(case_id) = 16), -- NULL: imported
    enterprise   bytea REFERENCES enterprise (id),   -- NULL: not one we know
    holder       text COLLATE "C" NOT NULL,
    uscc         text COLLATE "C" NOT NULL,
    scheme_id    text COLLATE "C" NOT NULL,
    criterion    text COLLATE "C" NOT NULL,
    level_id     text COLLATE "C" NOT NULL,
    stars        bigint NOT NULL,
    issued       bigint NOT NULL,                    -- days
    valid_from   bigint NOT NULL,
    valid_until  bigint NOT NULL,                    -- inclusive
    first_issued bigint NOT NULL,
    status       bigint NOT NULL,
    status_since bigint NOT NULL,
    scope_zh     text COLLATE "C" NOT NULL,
    scope_en     text COLLATE "C" NOT NULL,
    log_index    bigint,                             -- NULL: not yet sequenced
    version      bigint NOT NULL,
    scheme_hash  bytea REFERENCES scheme_package (hash), -- NULL: imported
    suspended_until bigint                           -- day; NULL: it is not
);
CREATE INDEX certificate_uscc ON certificate (uscc, number);
CREATE INDEX certificate_holder ON certificate (holder, number);
CREATE INDEX certificate_case ON certificate (case_id, number);
CREATE INDEX certificate_until ON certificate (valid_until, number);
