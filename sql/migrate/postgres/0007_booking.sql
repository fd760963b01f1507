-- Days people are planned for; can be made again from the journal.
CREATE TABLE booking (
    case_id  bytea NOT NULL CHECK (length(case_id) = 16),
    person   bytea NOT NULL REFERENCES person (id),
    day_from bigint NOT NULL,
    day_to   bigint NOT NULL,
    PRIMARY KEY (case_id, person)
);
CREATE INDEX booking_person ON booking (person, day_to);
