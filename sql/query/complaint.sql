-- Complaints and appeals of all cases.

-- name: complaint_put
INSERT INTO complaint (case_id, kind, number, about, subject, recorded, person,
                       others, done, turn, ended, outcome)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: complaint_clear
DELETE FROM complaint
 WHERE case_id = $1;

-- name: complaint_of_case
SELECT case_id, kind, number, about, subject, recorded, person, others, ended,
       outcome
  FROM complaint
 WHERE case_id = $1
 ORDER BY kind, number;

-- name: complaint_list
-- What is open, the oldest first, then what is done, the newest first: after
-- the row with this key ($3 done, $4 turn, $5 case, $6 kind, $7 number).  $1:
-- 0 what is open, 1 what is done; below zero: both.
SELECT x.case_id, x.kind, x.number, x.about, x.subject, x.recorded, x.person,
       x.others, x.ended, x.outcome, c.number, c.enterprise, e.name, p.name
  FROM complaint x
  JOIN case_view c ON c.id = x.case_id
  JOIN enterprise e ON e.id = c.enterprise
  LEFT JOIN person p ON p.id = x.person
 WHERE (x.done, x.turn, x.case_id, x.kind, x.number) > ($3, $4, $5, $6, $7)
   AND ($1 < 0 OR x.done = $1)
 ORDER BY x.done, x.turn, x.case_id, x.kind, x.number
 LIMIT $2;

-- name: complaint_count
SELECT count(*)
  FROM complaint;

-- name: complaint_count_open
SELECT count(*)
  FROM complaint
 WHERE done = 0;

-- name: complaint_clear_all
-- To be made again from the journals.
DELETE FROM complaint;
