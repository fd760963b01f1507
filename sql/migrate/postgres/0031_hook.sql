-- Webhooks, and the messages that are on their way to them (store/hooks.h).
CREATE TABLE hook (
    id      bytea PRIMARY KEY CHECK (length(id) = 16),
    person  bytea NOT NULL REFERENCES person (id), -- whose
    number  bigint NOT NULL, -- 1, 2, 3 .. of the person
    about   text COLLATE "C" NOT NULL, -- 'certificate/NUMBER' or 'holder/CODE'
    box     bytea NOT NULL,  -- sealed: address and secret
    made    bigint NOT NULL, -- at
    since   bigint NOT NULL, -- index of the log's first entry that it is told
    placed  bigint NOT NULL, -- messages so far
    due     bigint NOT NULL, -- at; the next message not before; the last moment
                             -- there is: none waits
    leased  bigint NOT NULL, -- at; somebody hands one over until then
    tries   bigint NOT NULL, -- of the one that waits longest
    failing bigint NOT NULL, -- at; since then nothing was taken; 0 all is well
    stopped bigint NOT NULL CHECK (stopped IN (0, 1)), -- until its owner says
    UNIQUE (person, number)
);
CREATE INDEX hook_about ON hook (about, id);
CREATE INDEX hook_due ON hook (stopped, due, id);

CREATE TABLE hook_call (
    id      bytea PRIMARY KEY CHECK (length(id) = 16), -- of the message
    hook    bytea NOT NULL REFERENCES hook (id),
    place   bigint NOT NULL, -- 1, 2, 3 .. to the hook
    idx     bigint,          -- of the log's entry; none: only to try
    body    text COLLATE "C" NOT NULL, -- JSON
    made    bigint NOT NULL, -- at
    taken   bigint,          -- at; none: it waits
    tries   bigint NOT NULL, -- so far
    trouble bigint NOT NULL, -- what the last try ran into, 0 nothing
    status  bigint NOT NULL, -- what was answered then, 0 nothing
    UNIQUE (hook, place)
);
CREATE INDEX hook_call_waits ON hook_call (hook, taken, place);
