-- What the reporter says of a subject, sealed.

-- name: particular_put
INSERT INTO particular (subject, sealed)
VALUES ($1, $2)
    ON CONFLICT (subject) DO UPDATE SET sealed = excluded.sealed;

-- name: particular_get
SELECT sealed
  FROM particular
 WHERE subject = $1;

-- name: particular_drop
DELETE FROM particular
 WHERE subject = $1;
