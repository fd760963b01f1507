-- Second factors and recovery codes.

-- name: factor_put
INSERT INTO second_factor (person, proved, sealed, step, made)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (person, proved) DO UPDATE
   SET sealed = excluded.sealed, step = excluded.step, made = excluded.made;

-- name: factor_get
SELECT person, proved, sealed, step, made
  FROM second_factor
 WHERE person = $1
   AND proved = $2;

-- name: factor_use
-- A step counts once: those up to the last are used up.
UPDATE second_factor
   SET step = $2
 WHERE person = $1
   AND proved = 1
   AND step < $2;

-- name: factor_drop
DELETE FROM second_factor
 WHERE person = $1
   AND proved = $2;

-- name: recovery_code_add
INSERT INTO recovery_code (person, code)
VALUES ($1, $2);

-- name: recovery_code_use
DELETE FROM recovery_code
 WHERE person = $1
   AND code = $2;

-- name: recovery_code_count
SELECT count(*)
  FROM recovery_code
 WHERE person = $1;

-- name: recovery_code_drop_all
DELETE FROM recovery_code
 WHERE person = $1;
