-- Mails on their way, and those that were (store/mails.h).
CREATE TABLE mail (
    id      BLOB PRIMARY KEY CHECK (length(id) = 16), -- of its Message-ID
    kind    TEXT NOT NULL,    -- 'invite'
    lang    TEXT NOT NULL,    -- 'zh-CN'
    box     BLOB NOT NULL,    -- sealed: to whom, and what it says
    made    INTEGER NOT NULL, -- at
    due     INTEGER NOT NULL, -- at; not before
    leased  INTEGER NOT NULL, -- at; somebody hands it over until then
    tries   INTEGER NOT NULL, -- so far
    state   INTEGER NOT NULL CHECK (state IN (0, 1, 2)), -- 0 waits, 1 sent, 2 given up
    ended   INTEGER,          -- at; of what waits no more
    trouble INTEGER NOT NULL, -- what the last try ran into, 0 nothing
    status  INTEGER NOT NULL  -- what the server answered then, 0 nothing
) STRICT;
CREATE INDEX mail_due ON mail (state, due, id);
CREATE INDEX mail_made ON mail (made, id);
