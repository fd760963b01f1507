-- What waits for a person or a role is found by each set of roles: one list of
-- all sets was read through to the few of a role that wait without a limit.
DROP INDEX task_pressing_person;
CREATE INDEX task_pressing_roles
    ON task (person, roles, COALESCE(due, 2147483647), opens);

-- Certificates that run, of an enterprise: counted without the table.
CREATE INDEX certificate_running ON certificate (uscc, valid_until)
 WHERE status < 2;

-- The cases that run, of a package: one that had its day has thousands that
-- ended.
CREATE INDEX case_view_running ON case_view (scheme_hash, number)
 WHERE stage < 11;
