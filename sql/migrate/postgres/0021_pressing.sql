-- What waits, in the order it presses: of everybody, and of one person or role.
-- The roles stand in it to be looked at without the table.
DROP INDEX task_person;
CREATE INDEX task_pressing ON task (COALESCE(due, 2147483647), opens);
CREATE INDEX task_pressing_person
    ON task (person, COALESCE(due, 2147483647), opens, roles);
