-- Days people are planned for; can be made again from the journal.
CREATE TABLE booking (
    case_id  BLOB NOT NULL CHECK (length(case_id) = 16),
    person   BLOB NOT NULL REFERENCES person (id),
    day_from INTEGER NOT NULL,
    day_to   INTEGER NOT NULL,
    PRIMARY KEY (case_id, person)
) STRICT;
CREATE INDEX booking_person ON booking (person, day_to);
