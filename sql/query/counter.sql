-- Numbers that are given out one after the other.

-- name: counter_next
INSERT INTO counter (name, value)
VALUES ($1, 1)
    ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
RETURNING value;

-- name: counter_get
SELECT value
  FROM counter
 WHERE name = $1;
