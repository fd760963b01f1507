-- What the public reported.

-- name: report_put
INSERT INTO report (number, kind, certificate, place, seen, words, reporter,
                    filed, standing, done, turn, ended, ended_by, why,
                    case_number)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, $8, NULL, NULL, '', NULL);

-- name: report_end
-- Of one that is open.
UPDATE report
   SET standing = $2, done = 1, turn = $3, ended = $4, ended_by = $5, why = $6,
       case_number = $7
 WHERE number = $1
   AND done = 0;

-- name: report_get
-- With the enterprise and the case of the certificate that it names: one of
-- ours, or a part of one.
SELECT r.number, r.kind, r.certificate, r.place, r.seen, r.words, r.reporter,
       r.filed, r.standing, r.ended, p.name, r.why, r.case_number,
       x.enterprise, x.holder, v.number
  FROM report r
  LEFT JOIN person p ON p.id = r.ended_by
  LEFT JOIN sub_certificate s ON s.number = r.certificate
  LEFT JOIN certificate x ON x.number = COALESCE(s.main, r.certificate)
  LEFT JOIN case_view v ON v.id = x.case_id
 WHERE r.number = $1;

-- name: report_list
-- What is open by the day it was filed, then what is done, the newest first;
-- after the row with turn $3 and number $1.  $4: 1 what is done, 0 what is not.
SELECT r.number, r.kind, r.certificate, r.place, r.seen, r.words, r.reporter,
       r.filed, r.standing, r.ended, p.name, r.why, r.case_number,
       x.enterprise, x.holder, v.number
  FROM report r
  LEFT JOIN person p ON p.id = r.ended_by
  LEFT JOIN sub_certificate s ON s.number = r.certificate
  LEFT JOIN certificate x ON x.number = COALESCE(s.main, r.certificate)
  LEFT JOIN case_view v ON v.id = x.case_id
 WHERE r.done = $4
   AND (r.turn, r.number) > ($3, $1)
 ORDER BY r.turn, r.number
 LIMIT $2;

-- name: report_count_open
SELECT count(*)
  FROM report
 WHERE done = 0;
