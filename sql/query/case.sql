-- The cases as they stand now.

-- name: case_put
INSERT INTO case_view (id, number, enterprise, scheme_id, scheme_hash, stage,
                       status, wanted, opened, due, due_provisional,
                       certificate, version, previous)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    ON CONFLICT (id) DO UPDATE
   SET number = excluded.number, enterprise = excluded.enterprise,
       scheme_id = excluded.scheme_id, scheme_hash = excluded.scheme_hash,
       stage = excluded.stage, status = excluded.status,
       wanted = excluded.wanted, opened = excluded.opened,
       due = excluded.due, due_provisional = excluded.due_provisional,
       certificate = excluded.certificate, version = excluded.version,
       previous = excluded.previous;

-- name: case_touch
-- Of a case of which nothing else changed: then no index is written.
UPDATE case_view SET version = $2 WHERE id = $1;

-- name: case_get
SELECT id, number, enterprise, scheme_id, scheme_hash, stage, status, wanted,
       opened, due, due_provisional, certificate, version, previous
  FROM case_view
 WHERE id = $1;

-- name: case_by_number
SELECT id, number, enterprise, scheme_id, scheme_hash, stage, status, wanted,
       opened, due, due_provisional, certificate, version, previous
  FROM case_view
 WHERE number = $1;

-- name: case_list
SELECT id, number, enterprise, scheme_id, scheme_hash, stage, status, wanted,
       opened, due, due_provisional, certificate, version, previous
  FROM case_view
 WHERE number > $1
 ORDER BY number
 LIMIT $2;

-- name: case_find
-- Those whose number holds $3, if that is not empty, or whose enterprise is
-- called $4: where few are.
-- The inner selects read the number's and the enterprise's index alone; SQLite
-- begins a CROSS JOIN where it is written to begin.
SELECT id, number, enterprise, scheme_id, scheme_hash, stage, status, wanted,
       opened, due, due_provisional, certificate, version, previous
  FROM case_view
 WHERE number IN (
       SELECT x.number
         FROM case_view x
        WHERE $3 <> ''
          AND x.number > $1
          AND x.number LIKE $3 ESCAPE '!'
        UNION
       SELECT y.number
         FROM enterprise e
        CROSS JOIN case_view y
        WHERE e.name LIKE $4 ESCAPE '!'
          AND y.enterprise = e.id
          AND y.number > $1
        ORDER BY 1
        LIMIT $2)
 ORDER BY number;

-- name: case_find_often
-- The same where many are called so: from number to number, until enough are
-- found.
SELECT v.id, v.number, v.enterprise, v.scheme_id, v.scheme_hash, v.stage,
       v.status, v.wanted, v.opened, v.due, v.due_provisional, v.certificate,
       v.version, v.previous
  FROM case_view v
  JOIN enterprise e ON e.id = v.enterprise
 WHERE v.number > $1
   AND (v.number LIKE $3 ESCAPE '!' OR e.name LIKE $4 ESCAPE '!')
 ORDER BY v.number
 LIMIT $2;

-- name: case_find_called
-- How many enterprises are called $1, of which no more than $2 are counted.
SELECT count(*)
  FROM (SELECT 1
          FROM enterprise
         WHERE name LIKE $1 ESCAPE '!'
         LIMIT $2) AS called;

-- name: case_list_at_stage
SELECT id, number, enterprise, scheme_id, scheme_hash, stage, status, wanted,
       opened, due, due_provisional, certificate, version, previous
  FROM case_view
 WHERE stage = $3
   AND number > $1
 ORDER BY number
 LIMIT $2;

-- name: case_list_of_enterprise
SELECT id, number, enterprise, scheme_id, scheme_hash, stage, status, wanted,
       opened, due, due_provisional, certificate, version, previous
  FROM case_view
 WHERE enterprise = $3
   AND number > $1
 ORDER BY number
 LIMIT $2;

-- name: case_list_due
-- What falls due up to a day, soonest first.
SELECT id, number, enterprise, scheme_id, scheme_hash, stage, status, wanted,
       opened, due, due_provisional, certificate, version, previous
  FROM case_view
 WHERE due <= $1
   AND (due, number) > ($2, $3)
 ORDER BY due, number
 LIMIT $4;

-- name: case_list_following
-- Those that renew a certificate.
SELECT id, number, enterprise, scheme_id, scheme_hash, stage, status, wanted,
       opened, due, due_provisional, certificate, version, previous
  FROM case_view
 WHERE previous = $3
   AND number > $1
 ORDER BY number
 LIMIT $2;

-- name: case_list_running
-- Those that are bound to a package and have not come to stage 11, the last.
SELECT id, number, enterprise, scheme_id, scheme_hash, stage, status, wanted,
       opened, due, due_provisional, certificate, version, previous
  FROM case_view
 WHERE scheme_hash = $3
   AND number > $1
   AND stage < 11
 ORDER BY number
 LIMIT $2;

-- name: case_clear
-- All of them, to be made again from the journals.
DELETE FROM case_view;
