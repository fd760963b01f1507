-- Cases bound to a package, by their numbers: those that run in a field the
-- body is not approved for any more.
DROP INDEX case_view_package;
CREATE INDEX case_view_package ON case_view (scheme_hash, number);

-- How far somebody has read the messages of a case (service/messages_read.h).
CREATE TABLE message_read (
    person  bytea NOT NULL CHECK (length(person) = 16),
    case_id bytea NOT NULL CHECK (length(case_id) = 16), -- of its stream
    seen    bigint NOT NULL CHECK (seen >= 0), -- version of the case's stream
    PRIMARY KEY (person, case_id)
);
