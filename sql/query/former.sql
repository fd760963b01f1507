-- Names that once stood on a certificate.

-- name: former_put
INSERT INTO former_holder (number, n, holder)
VALUES ($1, $2, $3)
    ON CONFLICT (number, n) DO UPDATE
   SET holder = excluded.holder;

-- name: former_clear
DELETE FROM former_holder;

-- name: former_list
SELECT number, n, holder
  FROM former_holder
 WHERE number = $1
 ORDER BY n;

-- name: former_newest_like
-- The newest that holds some words, as in certificate_search.
SELECT number, n, holder
  FROM former_holder
 WHERE number = $1
   AND holder LIKE $2 ESCAPE '!'
 ORDER BY n DESC
 LIMIT 1;
