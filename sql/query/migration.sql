-- What has been done to the schema.

-- name: migration_list
SELECT number, name, sha256
  FROM migration
 WHERE number >= $1
 ORDER BY number
 LIMIT $2;

-- name: migration_add
INSERT INTO migration (number, name, sha256)
VALUES ($1, $2, $3);
