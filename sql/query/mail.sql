-- Mails on their way, and those that were.

-- name: mail_add
INSERT INTO mail (id, kind, lang, box, made, due, leased, tries, state, ended,
                  trouble, status)
VALUES ($1, $2, $3, $4, $5, $5, 0, 0, 0, NULL, 0, 0);

-- name: mail_get
SELECT id, kind, lang, box, made, due, leased, tries, state, ended, trouble,
       status
  FROM mail
 WHERE id = $1;

-- name: mail_next
-- One that is due by $1 and that nobody hands over at $2.
SELECT id, kind, lang, box, made, due, leased, tries, state, ended, trouble,
       status
  FROM mail
 WHERE state = 0
   AND due <= $1
   AND leased <= $2
 ORDER BY due, id
 LIMIT 1;

-- name: mail_list
SELECT id, kind, lang, box, made, due, leased, tries, state, ended, trouble,
       status
  FROM mail
 WHERE made < $1
    OR (made = $1 AND id < $2)
 ORDER BY made DESC, id DESC
 LIMIT $3;

-- name: mail_lease
-- Taken by whoever still finds it as it was.
UPDATE mail
   SET leased = $3, tries = tries + 1
 WHERE id = $1
   AND leased = $2
   AND state = 0;

-- name: mail_again
UPDATE mail
   SET due = $2, leased = 0, trouble = $3, status = $4
 WHERE id = $1
   AND state = 0;

-- name: mail_end
UPDATE mail
   SET state = $2, ended = $3, box = $4, trouble = $5, status = $6
 WHERE id = $1
   AND state = 0;
