-- Mails on their way, and those that were (store/mails.h).
CREATE TABLE mail (
    id      bytea PRIMARY KEY CHECK (length(id) = 16), -- of its Message-ID
    kind    text COLLATE "C" NOT NULL, -- 'invite'
    lang    text COLLATE "C" NOT NULL, -- 'zh-CN'
    box     bytea NOT NULL,  -- sealed: to whom, and what it says
    made    bigint NOT NULL, -- at
    due     bigint NOT NULL, -- at; not before
    leased  bigint NOT NULL, -- at; somebody hands it over until then
    tries   bigint NOT NULL, -- so far
    state   bigint NOT NULL CHECK (state IN (0, 1, 2)), -- 0 waits, 1 sent, 2 given up
    ended   bigint,          -- at; of what waits no more
    trouble bigint NOT NULL, -- what the last try ran into, 0 nothing
    status  bigint NOT NULL  -- what the server answered then, 0 nothing
);
CREATE INDEX mail_due ON mail (state, due, id);
CREATE INDEX mail_made ON mail (made, id);
