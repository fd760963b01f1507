-- The audit trail of the door.

-- name: passage_add
INSERT INTO passage (at, person, actor, channel, what, about)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: passage_list
SELECT id, at, person, actor, channel, what, about
  FROM passage
 WHERE id > $1
 ORDER BY id
 LIMIT $2;

-- name: passage_list_of_person
SELECT id, at, person, actor, channel, what, about
  FROM passage
 WHERE id > $1
   AND person = $3
 ORDER BY id
 LIMIT $2;

-- name: passage_list_back
SELECT id, at, person, actor, channel, what, about
  FROM passage
 WHERE id < $1
 ORDER BY id DESC
 LIMIT $2;

-- name: passage_list_back_of_person
SELECT id, at, person, actor, channel, what, about
  FROM passage
 WHERE id < $1
   AND person = $3
 ORDER BY id DESC
 LIMIT $2;
