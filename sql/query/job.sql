-- What is done after a commit.

-- name: job_add
INSERT INTO job (kind, payload, due, tries, last_error, state)
VALUES ($1, $2, $3, 0, NULL, 0);

-- name: job_list_due
SELECT id, kind, payload, due, tries, last_error, state
  FROM job
 WHERE state = 0
   AND due <= $1
 ORDER BY due, id
 LIMIT $2;

-- name: job_list
SELECT id, kind, payload, due, tries, last_error, state
  FROM job
 WHERE state = $3
   AND id > $1
 ORDER BY id
 LIMIT $2;

-- name: job_next_due
SELECT due
  FROM job
 WHERE state = 0
 ORDER BY due
 LIMIT 1;

-- name: job_lease
-- Taken by whoever still finds it as it was listed.
UPDATE job
   SET due = $3, tries = tries + 1
 WHERE id = $1
   AND due = $2
   AND state = 0;

-- name: job_done
DELETE FROM job
 WHERE id = $1;

-- name: job_failed
UPDATE job
   SET due = $2, last_error = $3, state = $4
 WHERE id = $1;
