-- Days people are planned for.

-- name: booking_put
INSERT INTO booking (case_id, person, day_from, day_to)
VALUES ($1, $2, $3, $4);

-- name: booking_clear
DELETE FROM booking
 WHERE case_id = $1;

-- name: booking_of_person
-- Those of other cases that end on a day or later, with the case's number.
SELECT b.day_from, b.day_to, c.number
  FROM booking b
  JOIN case_view c ON c.id = b.case_id
 WHERE b.person = $1
   AND b.case_id <> $2
   AND b.day_to >= $3
 ORDER BY b.day_from, c.number
 LIMIT $4;

-- name: booking_count
SELECT count(*)
  FROM booking;

-- name: booking_of_case
SELECT person, day_from, day_to
  FROM booking
 WHERE case_id = $1
 ORDER BY person;

-- name: booking_list
-- Those that end on a day or later: of one person, or of everybody.
SELECT b.case_id, b.person, b.day_from, b.day_to, c.number, c.enterprise,
       e.name, p.login, p.name
  FROM booking b
  JOIN case_view c ON c.id = b.case_id
  JOIN enterprise e ON e.id = c.enterprise
  JOIN person p ON p.id = b.person
 WHERE b.day_to >= $1
   AND (b.person = $2 OR $3 = 1)
 ORDER BY b.day_from, c.number, p.login
 LIMIT $4;

-- name: booking_clear_all
-- To be made again from the plans that stand.
DELETE FROM booking;
