-- Secret addresses of calendars.

-- name: calendar_link_add
INSERT INTO calendar_link (id, person, number, team, lang, made, secret)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: calendar_link_get
SELECT id, person, number, team, lang, made, secret
  FROM calendar_link
 WHERE id = $1;

-- name: calendar_link_list
SELECT id, person, number, team, lang, made, secret
  FROM calendar_link
 WHERE person = $1
   AND number > $2
 ORDER BY number
 LIMIT $3;

-- name: calendar_link_drop
DELETE FROM calendar_link
 WHERE person = $1
   AND number = $2;

-- name: calendar_link_clear_strays
-- Those of people that no stream says.
DELETE FROM calendar_link
 WHERE NOT EXISTS (SELECT 1
                     FROM stream s
                    WHERE s.id = calendar_link.person
                      AND s.kind = 'person');

-- name: calendar_link_drop_all
DELETE FROM calendar_link
 WHERE person = $1;
