-- Who is in by a browser.

-- name: web_session_add
INSERT INTO web_session (token, person, number, state, made, seen, ends,
                         network, agent)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: web_session_get
SELECT token, person, number, state, made, seen, ends, network, agent
  FROM web_session
 WHERE token = $1;

-- name: web_session_list
SELECT token, person, number, state, made, seen, ends, network, agent
  FROM web_session
 WHERE person = $1
   AND number > $2
 ORDER BY number
 LIMIT $3;

-- name: web_session_last
SELECT coalesce(max(number), 0)
  FROM web_session
 WHERE person = $1;

-- name: web_session_touch
UPDATE web_session
   SET seen = $2
 WHERE token = $1;

-- name: web_session_open
-- The second factor was shown.
UPDATE web_session
   SET state = $2, ends = $3
 WHERE token = $1;

-- name: web_session_drop
DELETE FROM web_session
 WHERE person = $1
   AND number = $2;

-- name: web_session_drop_others
-- All of a person's but number $2.
DELETE FROM web_session
 WHERE person = $1
   AND number <> $2;

-- name: web_session_drop_over
-- Those that ended, or were not seen since.
DELETE FROM web_session
 WHERE ends <= $1
    OR seen <= $2;
