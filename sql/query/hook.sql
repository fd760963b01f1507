-- Webhooks, and the messages that are on their way to them.

-- name: hook_add
INSERT INTO hook (id, person, number, about, box, made, since, placed, due,
                  leased, tries, failing, stopped)
VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 9223372036854775807, 0, 0, 0, 0);

-- name: hook_get
SELECT id, person, number, about, box, made, since, placed, due, leased, tries,
       failing, stopped
  FROM hook
 WHERE id = $1;

-- name: hook_list
-- Of everybody.
SELECT id, person, number, about, box, made, since, placed, due, leased, tries,
       failing, stopped
  FROM hook
 WHERE id > $1
 ORDER BY id
 LIMIT $2;

-- name: hook_list_of_person
SELECT id, person, number, about, box, made, since, placed, due, leased, tries,
       failing, stopped
  FROM hook
 WHERE person = $1
   AND number > $2
 ORDER BY number
 LIMIT $3;

-- name: hook_list_about
SELECT id, person, number, about, box, made, since, placed, due, leased, tries,
       failing, stopped
  FROM hook
 WHERE about = $1
   AND id > $2
 ORDER BY id
 LIMIT $3;

-- name: hook_next
-- One whose next message is due by $1 and that nobody hands over at $2.
SELECT id, person, number, about, box, made, since, placed, due, leased, tries,
       failing, stopped
  FROM hook
 WHERE stopped = 0
   AND due <= $1
   AND leased <= $2
 ORDER BY due, id
 LIMIT 1;

-- name: hook_lease
-- Taken by whoever still finds it as it was.
UPDATE hook
   SET leased = $3, tries = tries + 1
 WHERE id = $1
   AND leased = $2
   AND stopped = 0;

-- name: hook_set
UPDATE hook
   SET due = $2, leased = 0, tries = $3, failing = $4, stopped = $5
 WHERE id = $1;

-- name: hook_place
-- One message more: where none waited, it is due at once.
UPDATE hook
   SET placed = placed + 1,
       due = CASE WHEN due = 9223372036854775807 THEN $2 ELSE due END
 WHERE id = $1;

-- name: hook_drop
DELETE FROM hook
 WHERE id = $1;

-- name: hook_clear_strays
-- Those of people that no stream says.
DELETE FROM hook
 WHERE NOT EXISTS (SELECT 1
                     FROM stream s
                    WHERE s.id = hook.person
                      AND s.kind = 'person');

-- name: hook_call_clear_strays
-- Those of such hooks.
DELETE FROM hook_call
 WHERE hook IN (SELECT h.id
                  FROM hook h
                 WHERE NOT EXISTS (SELECT 1
                                     FROM stream s
                                    WHERE s.id = h.person
                                      AND s.kind = 'person'));

-- name: hook_call_add
INSERT INTO hook_call (id, hook, place, idx, body, made, taken, tries, trouble,
                       status)
VALUES ($1, $2, $3, $4, $5, $6, NULL, 0, 0, 0);

-- name: hook_call_first
-- The one that waits longest.
SELECT id, hook, place, idx, body, made, taken, tries, trouble, status
  FROM hook_call
 WHERE hook = $1
   AND taken IS NULL
 ORDER BY place
 LIMIT 1;

-- name: hook_call_waiting
SELECT count(*)
  FROM hook_call
 WHERE hook = $1
   AND taken IS NULL;

-- name: hook_call_list
-- The newest first.
SELECT id, hook, place, idx, body, made, taken, tries, trouble, status
  FROM hook_call
 WHERE hook = $1
   AND place < $2
 ORDER BY place DESC
 LIMIT $3;

-- name: hook_call_set
UPDATE hook_call
   SET taken = $2, tries = tries + 1, trouble = $3, status = $4
 WHERE id = $1
   AND taken IS NULL;

-- name: hook_call_forget
-- Those that were taken before $2.
DELETE FROM hook_call
 WHERE hook = $1
   AND taken < $2;

-- name: hook_call_drop
DELETE FROM hook_call
 WHERE hook = $1;
