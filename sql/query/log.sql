-- The transparency log.

-- name: log_pending_add
INSERT INTO log_pending (at, subject, leaf)
VALUES ($1, $2, $3);

-- name: log_pending_list
SELECT id, at, subject, leaf
  FROM log_pending
 WHERE id > $1
 ORDER BY id
 LIMIT $2;

-- name: log_pending_list_of_subject
SELECT id, at, subject, leaf
  FROM log_pending
 WHERE subject = $3
   AND id > $1
 ORDER BY id
 LIMIT $2;

-- name: log_pending_remove
DELETE FROM log_pending
 WHERE id = $1;

-- name: log_entry_add
INSERT INTO log_entry (idx, at, subject, leaf, leaf_hash)
VALUES ($1, $2, $3, $4, $5);

-- name: log_entry_last
SELECT idx
  FROM log_entry
 ORDER BY idx DESC
 LIMIT 1;

-- name: log_entry_list
SELECT idx, at, subject, leaf, leaf_hash
  FROM log_entry
 WHERE idx >= $1
 ORDER BY idx
 LIMIT $2;

-- name: log_entry_list_back
-- Before one of them, the newest first.
SELECT idx, at, subject, leaf, leaf_hash
  FROM log_entry
 WHERE idx < $1
 ORDER BY idx DESC
 LIMIT $2;

-- name: log_entry_list_back_of_subject
SELECT idx, at, subject, leaf, leaf_hash
  FROM log_entry
 WHERE subject = $3
   AND idx < $1
 ORDER BY idx DESC
 LIMIT $2;

-- name: log_entry_by_hash
-- Events of one instant may leave the same leaf: the first is number 0.
SELECT idx, at, subject, leaf, leaf_hash
  FROM log_entry
 WHERE leaf_hash = $1
 ORDER BY idx
 LIMIT 1
OFFSET $2;

-- name: log_entry_count_of_hash
SELECT count(*)
  FROM log_entry
 WHERE leaf_hash = $1;

-- name: log_entry_list_of_subject
SELECT idx, at, subject, leaf, leaf_hash
  FROM log_entry
 WHERE subject = $3
   AND idx >= $1
 ORDER BY idx
 LIMIT $2;

-- name: log_node_add
INSERT INTO log_node (level, idx, hash)
VALUES ($1, $2, $3);

-- name: log_node_get
SELECT hash
  FROM log_node
 WHERE level = $1
   AND idx = $2;

-- name: log_node_list
SELECT hash
  FROM log_node
 WHERE level = $1
   AND idx >= $2
 ORDER BY idx
 LIMIT $3;

-- name: log_checkpoint_add
INSERT INTO log_checkpoint (size, root, note, at)
VALUES ($1, $2, $3, $4);

-- name: log_checkpoint_last
SELECT size, root, note, at
  FROM log_checkpoint
 ORDER BY size DESC
 LIMIT 1;

-- name: log_checkpoint_get
SELECT size, root, note, at
  FROM log_checkpoint
 WHERE size = $1;

-- name: log_checkpoint_covering
-- The smallest that holds the entry.
SELECT size, root, note, at
  FROM log_checkpoint
 WHERE size > $1
 ORDER BY size
 LIMIT 1;

-- name: log_cosignature_add
-- The first one stays.
INSERT INTO log_cosignature (size, witness, line, at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (size, witness) DO NOTHING;

-- name: log_cosignature_list
SELECT size, witness, line, at
  FROM log_cosignature
 WHERE size = $1
 ORDER BY at, witness
 LIMIT $2;

-- name: log_cosigned_list
-- Checkpoints that cover an entry and have been cosigned, newest first.
SELECT size, count(*) AS witnesses
  FROM log_cosignature
 WHERE size > $1
 GROUP BY size
 ORDER BY size DESC
 LIMIT $2;
