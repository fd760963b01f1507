-- The certificates as they stand now.

-- name: certificate_put
INSERT INTO certificate (number, id, case_id, enterprise, holder, uscc,
                         scheme_id, criterion, level_id, stars, issued,
                         valid_from, valid_until, first_issued, status,
                         status_since, scope_zh, scope_en, log_index, version,
                         scheme_hash, suspended_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
        $17, $18, $19, $20, $21, $22)
    ON CONFLICT (number) DO UPDATE
   SET id = excluded.id, case_id = excluded.case_id,
       enterprise = excluded.enterprise, holder = excluded.holder,
       uscc = excluded.uscc, scheme_id = excluded.scheme_id,
       criterion = excluded.criterion, level_id = excluded.level_id,
       stars = excluded.stars, issued = excluded.issued,
       valid_from = excluded.valid_from, valid_until = excluded.valid_until,
       first_issued = excluded.first_issued, status = excluded.status,
       status_since = excluded.status_since, scope_zh = excluded.scope_zh,
       scope_en = excluded.scope_en, log_index = excluded.log_index,
       version = excluded.version, scheme_hash = excluded.scheme_hash,
       suspended_until = excluded.suspended_until;

-- name: certificate_set_log_index
UPDATE certificate
   SET log_index = $2
 WHERE number = $1;

-- name: certificate_get
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version,
       scheme_hash, suspended_until
  FROM certificate
 WHERE number = $1;

-- name: certificate_by_id
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version,
       scheme_hash, suspended_until
  FROM certificate
 WHERE id = $1;

-- name: certificate_list
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version,
       scheme_hash, suspended_until
  FROM certificate
 WHERE number > $1
 ORDER BY number
 LIMIT $2;

-- name: certificate_list_of_uscc
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version,
       scheme_hash, suspended_until
  FROM certificate
 WHERE uscc = $3
   AND number > $1
 ORDER BY number
 LIMIT $2;

-- name: certificate_list_of_holder
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version,
       scheme_hash, suspended_until
  FROM certificate
 WHERE holder = $3
   AND number > $1
 ORDER BY number
 LIMIT $2;

-- name: certificate_list_of_case
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version,
       scheme_hash, suspended_until
  FROM certificate
 WHERE case_id = $3
   AND number > $1
 ORDER BY number
 LIMIT $2;

-- name: certificate_list_ending
-- Those whose last day is not after a day, soonest first.
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version,
       scheme_hash, suspended_until
  FROM certificate
 WHERE valid_until <= $1
   AND (valid_until, number) > ($2, $3)
 ORDER BY valid_until, number
 LIMIT $4;

-- name: certificate_list_over
-- Those that still run, by their status, though their last day is before a
-- day; imported ones have no case in which they could end.
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version,
       scheme_hash, suspended_until
  FROM certificate
 WHERE status < 2
   AND valid_until < $1
   AND (valid_until, number) > ($2, $3)
   AND case_id IS NOT NULL
 ORDER BY valid_until, number
 LIMIT $4;

-- name: certificate_list_newest
-- Those issued last under a scheme.
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version,
       scheme_hash, suspended_until
  FROM certificate
 WHERE scheme_id = $1
 ORDER BY issued DESC, number DESC
 LIMIT $2;

-- name: certificate_search
-- Holders whose name holds some words, or one they had when it stood on the
-- certificate; what LIKE reads as a sign follows "!".
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version,
       scheme_hash, suspended_until
  FROM certificate
 WHERE (holder LIKE $3 ESCAPE '!'
        OR number IN (SELECT f.number
                        FROM former_holder f
                       WHERE f.holder LIKE $3 ESCAPE '!'))
   AND number > $1
 ORDER BY number
 LIMIT $2;

-- name: certificate_directory
-- What answers to every filter that is not empty, or below zero; $3 a scheme,
-- $4 a level of it, $5 a status on day $6, $7 the place of the holder, $8 words
-- of the scope, $9 words of the holder or a former one, $10 its code or the
-- number in full.  The inner select reads the index certificate_directory
-- alone, so that rows that are not shown are not read.
SELECT number, id, case_id, enterprise, holder, uscc, scheme_id, criterion,
       level_id, stars, issued, valid_from, valid_until, first_issued, status,
       status_since, scope_zh, scope_en, log_index, version,
       scheme_hash, suspended_until
  FROM certificate
 WHERE number IN (
       SELECT c.number
         FROM certificate c
        WHERE c.number > $1
          AND ($3 = '' OR c.scheme_id = $3)
          AND ($4 = '' OR c.level_id = $4)
          AND ($5 < 0
               OR CASE WHEN c.status < 2 AND c.valid_until < $6
                       THEN 4 ELSE c.status END = $5)
          AND ($7 = ''
               OR c.enterprise IN (SELECT e.id
                                     FROM enterprise e
                                    WHERE e.province LIKE $7 ESCAPE '!'
                                       OR e.city LIKE $7 ESCAPE '!'))
          AND ($9 = ''
               OR c.holder LIKE $9 ESCAPE '!'
               OR c.uscc = $10
               OR c.number = $10
               OR c.number IN (SELECT f.number
                                 FROM former_holder f
                                WHERE f.holder LIKE $9 ESCAPE '!'))
          AND ($8 = ''
               OR EXISTS (SELECT s.number
                            FROM certificate s
                           WHERE s.number = c.number
                             AND (s.scope_zh LIKE $8 ESCAPE '!'
                                  OR lower(s.scope_en) LIKE $8 ESCAPE '!')))
        ORDER BY c.number
        LIMIT $2)
 ORDER BY number;

-- name: certificate_clear
-- All of them, to be made again from the journals.
DELETE FROM certificate;
