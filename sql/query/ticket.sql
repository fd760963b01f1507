-- Tickets: invitations, resets, registrations.

-- name: ticket_add
INSERT INTO ticket (token, kind, person, made_by, made, ends, sealed)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: ticket_get
SELECT token, kind, person, made_by, made, ends, sealed
  FROM ticket
 WHERE token = $1;

-- name: ticket_use
DELETE FROM ticket
 WHERE token = $1;

-- name: ticket_drop_of
-- All of a kind that are a person's.
DELETE FROM ticket
 WHERE person = $1
   AND kind = $2;

-- name: ticket_drop_over
DELETE FROM ticket
 WHERE ends <= $1;
