-- Frozen scheme packages and their files.

-- name: scheme_add
INSERT INTO scheme_package (hash, id, version, frozen)
VALUES ($1, $2, $3, $4);

-- name: scheme_get
SELECT hash, id, version, frozen
  FROM scheme_package
 WHERE hash = $1;

-- name: scheme_newest
SELECT hash, id, version, frozen
  FROM scheme_package
 WHERE id = $1
 ORDER BY frozen DESC, hash DESC
 LIMIT 1;

-- name: scheme_list_newest
-- Of each name the one that scheme_newest finds.
SELECT hash, id, version, frozen
  FROM scheme_package p
 WHERE NOT EXISTS (SELECT 1
                     FROM scheme_package n
                    WHERE n.id = p.id
                      AND (n.frozen, n.hash) > (p.frozen, p.hash))
 ORDER BY id;

-- name: scheme_list
SELECT hash, id, version, frozen
  FROM scheme_package
 WHERE hash > $1
 ORDER BY hash
 LIMIT $2;

-- name: scheme_list_running
-- Those that cases are bound to which have not come to stage 11, the last.
SELECT p.hash, p.id, p.version, p.frozen
  FROM scheme_package p
 WHERE p.hash > $1
   AND EXISTS (SELECT 1
                 FROM case_view c
                WHERE c.scheme_hash = p.hash
                  AND c.stage < 11)
 ORDER BY p.hash
 LIMIT $2;

-- name: scheme_list_bound
-- All of them, of each name the newest first, with the cases bound to each.
SELECT p.hash, p.id, p.version, p.frozen,
       (SELECT count(*) FROM case_view c WHERE c.scheme_hash = p.hash)
  FROM scheme_package p
 ORDER BY p.id, p.frozen DESC, p.hash DESC;

-- name: scheme_names
SELECT DISTINCT id
  FROM scheme_package
 WHERE id > $1
 ORDER BY id
 LIMIT $2;

-- name: scheme_file_add
INSERT INTO scheme_file (hash, path, bytes)
VALUES ($1, $2, $3);

-- name: scheme_file_list
SELECT path, bytes
  FROM scheme_file
 WHERE hash = $1
   AND path > $2
 ORDER BY path
 LIMIT $3;
