-- What is known of the files kept beside the database.

-- name: blob_add
-- The same content again changes nothing.
INSERT INTO blob (hash, size, media_type, name, at)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (hash) DO NOTHING;

-- name: blob_get
SELECT hash, size, media_type, name, at
  FROM blob
 WHERE hash = $1;

-- name: blob_list
SELECT hash, size, media_type, name, at
  FROM blob
 WHERE hash > $1
 ORDER BY hash
 LIMIT $2;
