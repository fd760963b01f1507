-- Secret addresses under which people's calendars are read; what is kept of a
-- secret is its hash (auth/calendar_link.h).
CREATE TABLE calendar_link (
    id     BLOB PRIMARY KEY CHECK (length(id) = 16), -- first part of the address
    person BLOB NOT NULL REFERENCES person (id),
    number INTEGER NOT NULL,                         -- 1, 2, 3 .. of the person
    team   INTEGER NOT NULL CHECK (team IN (0, 1)),  -- 1: everybody's list
    lang   TEXT NOT NULL,                            -- 'zh-CN'
    made   INTEGER NOT NULL,                         -- day
    secret BLOB NOT NULL CHECK (length(secret) = 32),
    UNIQUE (person, number)
) STRICT;
