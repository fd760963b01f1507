-- Webhooks, and the messages that are on their way to them (store/hooks.h).
CREATE TABLE hook (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16),
    person  BLOB NOT NULL REFERENCES person (id), -- whose
    number  INTEGER NOT NULL, -- 1, 2, 3 .. of the person
    about   TEXT NOT NULL,    -- 'certificate/NUMBER' or 'holder/CODE'
    box     BLOB NOT NULL,    -- sealed: address and secret
    made    INTEGER NOT NULL, -- at
    since   INTEGER NOT NULL, -- index of the log's first entry that it is told
    placed  INTEGER NOT NULL, -- messages so far
    due     INTEGER NOT NULL, -- at; the next message not before; the last moment
                              -- there is: none waits
    leased  INTEGER NOT NULL, -- at; somebody hands one over until then
    tries   INTEGER NOT NULL, -- of the one that waits longest
    failing INTEGER NOT NULL, -- at; since then nothing was taken; 0 all is well
    stopped INTEGER NOT NULL CHECK (stopped IN (0, 1)), -- until its owner says
    UNIQUE (person, number)
) STRICT;
CREATE INDEX hook_about ON hook (about, id);
CREATE INDEX hook_due ON hook (stopped, due, id);

CREATE TABLE hook_call (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16), -- of the message
    hook    BLOB NOT NULL REFERENCES hook (id),
    place   INTEGER NOT NULL, -- 1, 2, 3 .. to the hook
    idx     INTEGER,          -- of the log's entry; none: only to try
    body    TEXT NOT NULL,    -- JSON
    made    INTEGER NOT NULL, -- at
    taken   INTEGER,          -- at; none: it waits
    tries   INTEGER NOT NULL, -- so far
    trouble INTEGER NOT NULL, -- what the last try ran into, 0 nothing
    status  INTEGER NOT NULL, -- what was answered then, 0 nothing
    UNIQUE (hook, place)
) STRICT;
CREATE INDEX hook_call_waits ON hook_call (hook, taken, place);
