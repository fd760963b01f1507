-- Commands carried out and commands refused.

-- name: command_get
SELECT id, actor, request, stream, version, answer, at
  FROM command
 WHERE id = $1;

-- name: command_add
INSERT INTO command (id, actor, request, stream, version, answer, at)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: command_forget
DELETE FROM command
 WHERE at < $1;

-- name: refusal_add
INSERT INTO refusal (at, actor, channel, stream, command, code, message,
                     arguments)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: refusal_list
SELECT id, at, actor, channel, stream, command, code, message, arguments
  FROM refusal
 WHERE id > $1
 ORDER BY id
 LIMIT $2;

-- name: refusal_list_of_stream
SELECT id, at, actor, channel, stream, command, code, message, arguments
  FROM refusal
 WHERE stream = $3
   AND id > $1
 ORDER BY id
 LIMIT $2;
