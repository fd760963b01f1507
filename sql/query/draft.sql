-- What was begun to be said in cases, and not yet said.

-- name: draft_put
INSERT INTO draft (case_id, person, command, body, saved)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (case_id, person, command) DO UPDATE
   SET body = excluded.body, saved = excluded.saved;

-- name: draft_get
SELECT body, saved
  FROM draft
 WHERE case_id = $1
   AND person = $2
   AND command = $3;

-- name: draft_drop
-- All that was begun with this command, by whomever.
DELETE FROM draft
 WHERE case_id = $1
   AND command = $2;

-- name: draft_drop_own
DELETE FROM draft
 WHERE case_id = $1
   AND command = $2
   AND person = $3;

-- name: draft_drop_case
DELETE FROM draft
 WHERE case_id = $1;
