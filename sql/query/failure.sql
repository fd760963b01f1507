-- Failures in a row.

-- name: failure_put
INSERT INTO failure (whose, times, last)
VALUES ($1, $2, $3)
    ON CONFLICT (whose) DO UPDATE
   SET times = excluded.times, last = excluded.last;

-- name: failure_get
SELECT times, last
  FROM failure
 WHERE whose = $1;

-- name: failure_drop
DELETE FROM failure
 WHERE whose = $1;

-- name: failure_drop_before
DELETE FROM failure
 WHERE last <= $1;
