-- Secret addresses under which people's calendars are read; what is kept of a
-- secret is its hash (auth/calendar_link.h).
CREATE TABLE calendar_link (
    id     bytea PRIMARY KEY CHECK (length(id) = 16), -- first part of the address
    person bytea NOT NULL REFERENCES person (id),
    number bigint NOT NULL,                           -- 1, 2, 3 .. of the person
    team   bigint NOT NULL CHECK (team IN (0, 1)),    -- 1: everybody's list
    lang   text COLLATE "C" NOT NULL,                 -- 'zh-CN'
    made   bigint NOT NULL,                           -- day
    secret bytea NOT NULL CHECK (length(secret) = 32),
    UNIQUE (person, number)
);
