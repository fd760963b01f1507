-- Streams and their events.

-- name: stream_open
INSERT INTO stream (id, kind, number, version, head, opened)
VALUES ($1, $2, $3, 0, $4, $5);

-- name: stream_get
SELECT id, kind, number, version, head, opened
  FROM stream
 WHERE id = $1;

-- name: stream_by_number
SELECT id, kind, number, version, head, opened
  FROM stream
 WHERE kind = $1
   AND number = $2;

-- name: stream_list
SELECT id, kind, number, version, head, opened
  FROM stream
 WHERE kind = $3
   AND number > $1
 ORDER BY number
 LIMIT $2;

-- name: stream_advance
-- Only from the version that the events were decided on.
UPDATE stream
   SET version = $3, head = $4
 WHERE id = $1
   AND version = $2;

-- name: journal_add
INSERT INTO journal (stream, version, type, at, day, body, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: journal_list
SELECT version, type, at, day, body, hash
  FROM journal
 WHERE stream = $1
   AND version > $2
 ORDER BY version
 LIMIT $3;
