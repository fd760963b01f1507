-- Files of service records that are held.

-- name: held_add
INSERT INTO held_file (id, case_id, enterprise, person, name, size, arrived, at,
                       until, state, asked, round, sealed)
VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, 0, '', 0, $9);

-- name: held_get
SELECT id, case_id, enterprise, person, name, size, arrived, at, until, state,
       sha256, asked, round, sealed
  FROM held_file
 WHERE id = $1;

-- name: held_list
-- Those of a case, newest first.
SELECT id, case_id, enterprise, person, name, size, arrived, at, until, state,
       sha256, asked, round, sealed
  FROM held_file
 WHERE case_id = $1
 ORDER BY at DESC, id DESC
 LIMIT $2;

-- name: held_waiting
-- Those that wait to be counted, oldest first.
SELECT id, case_id, enterprise, person, name, size, arrived, at, until, state,
       sha256, asked, round, sealed
  FROM held_file
 WHERE state = 1
 ORDER BY at, id
 LIMIT $1;

-- name: held_count
SELECT count(*)
  FROM held_file
 WHERE case_id = $1;

-- name: held_taken
-- Bytes of all of them, with those that are still to come.
SELECT CAST(coalesce(sum(size), 0) AS BIGINT)
  FROM held_file;

-- name: held_arrive
-- Bytes came, behind those that were there.
UPDATE held_file
   SET arrived = $3
 WHERE id = $1
   AND arrived = $2
   AND state = 0;

-- name: held_whole
-- All bytes came.
UPDATE held_file
   SET state = 1
 WHERE id = $1
   AND state = 0
   AND arrived = size;

-- name: held_ask
-- It is to be counted otherwise.
UPDATE held_file
   SET asked = $2, round = round + 1, state = 1
 WHERE id = $1
   AND state > 0;

-- name: held_end
-- It was counted, or refused, in this round.
UPDATE held_file
   SET state = $3, sha256 = $4, asked = $5
 WHERE id = $1
   AND round = $2;

-- name: held_drop
DELETE FROM held_file
 WHERE id = $1;

-- name: held_over
-- Those whose time is over, or that did not come whole in time.
SELECT id, case_id, enterprise, person, name, size, arrived, at, until, state,
       sha256, asked, round, sealed
  FROM held_file
 WHERE until < $1
UNION ALL
SELECT id, case_id, enterprise, person, name, size, arrived, at, until, state,
       sha256, asked, round, sealed
  FROM held_file
 WHERE state = 0
   AND at < $2
   AND until >= $1
 LIMIT $3;

-- name: held_asked_put
INSERT INTO held_asked (enterprise, columns, asked)
VALUES ($1, $2, $3)
    ON CONFLICT (enterprise) DO UPDATE
   SET columns = excluded.columns, asked = excluded.asked;

-- name: held_asked_get
SELECT columns, asked
  FROM held_asked
 WHERE enterprise = $1;
