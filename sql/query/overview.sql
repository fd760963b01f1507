-- Lists over all cases, as the body's own people look through them.

-- name: overview_certificates
-- By number, what answers to every filter that is not empty, or below zero: $3
-- a scheme, $4 a status on day $5, $6 the last day by which it ends while it
-- still runs.  The inner select reads the index certificate_directory alone.
SELECT c.number, c.enterprise, c.holder, c.uscc, c.scheme_id, c.scheme_hash,
       c.level_id, c.stars, c.status, c.status_since, c.valid_from,
       c.valid_until, v.number,
       (SELECT min(t.due)
          FROM task t
         WHERE t.case_id = c.case_id
           AND t.kind = 'survey')
  FROM certificate c
  LEFT JOIN case_view v ON v.id = c.case_id
 WHERE c.number IN (
       SELECT x.number
         FROM certificate x
        WHERE x.number > $1
          AND ($3 = '' OR x.scheme_id = $3)
          AND ($4 < 0
               OR CASE WHEN x.status < 2 AND x.valid_until < $5
                       THEN 4 ELSE x.status END = $4)
          AND ($6 < 0
               OR (x.status < 2 AND x.valid_until BETWEEN $5 AND $6))
        ORDER BY x.number
        LIMIT $2)
 ORDER BY c.number;

-- name: overview_certificates_of
SELECT c.number, c.enterprise, c.holder, c.uscc, c.scheme_id, c.scheme_hash,
       c.level_id, c.stars, c.status, c.status_since, c.valid_from,
       c.valid_until, v.number,
       (SELECT min(t.due)
          FROM task t
         WHERE t.case_id = c.case_id
           AND t.kind = 'survey')
  FROM certificate c
  LEFT JOIN case_view v ON v.id = c.case_id
 WHERE c.uscc = $3
   AND c.number > $1
 ORDER BY c.number
 LIMIT $2;

-- name: overview_enterprises
-- Each with its cases, its certificates that run on day $5, and what is open of
-- its invoices, in fen; $3 words of the name, $4 the code in full.
SELECT e.id, e.uscc, e.name, e.province, e.city,
       (SELECT count(*)
          FROM case_view v
         WHERE v.enterprise = e.id),
       (SELECT count(*)
          FROM certificate c
         WHERE c.uscc = e.uscc
           AND c.status < 2
           AND c.valid_until >= $5),
       (SELECT CAST(coalesce(sum(i.amount - i.paid), 0) AS BIGINT)
          FROM invoice i
         WHERE i.enterprise = e.id
           AND i.state = 0)
  FROM enterprise e
 WHERE e.uscc > $1
   AND ($3 = '' OR e.name LIKE $3 ESCAPE '!' OR e.uscc = $4)
 ORDER BY e.uscc
 LIMIT $2;

-- name: overview_dues_of
SELECT v.number, v.enterprise, e.name, t.number, t.due, t.amount
  FROM case_view v
  JOIN enterprise e ON e.id = v.enterprise
  JOIN task t ON t.case_id = v.id
 WHERE v.enterprise = $1
   AND t.kind = 'collect'
 ORDER BY t.due, v.number, t.number
 LIMIT $2;

-- name: overview_load
-- Of who has one of the roles $9 and is here, by login: the days they are
-- planned for from $3 to $4, and from $5 to $6; and what waits for them by name
-- on day $7, of what is not over by then.
SELECT p.login, p.name,
       (SELECT CAST(coalesce(sum(
                   CASE WHEN b.day_to < $4 THEN b.day_to ELSE $4 END -
                   CASE WHEN b.day_from > $3 THEN b.day_from ELSE $3 END +
                   1), 0) AS BIGINT)
          FROM booking b
         WHERE b.person = p.id
           AND b.day_to >= $3
           AND b.day_from <= $4),
       (SELECT CAST(coalesce(sum(
                   CASE WHEN d.day_to < $6 THEN d.day_to ELSE $6 END -
                   CASE WHEN d.day_from > $5 THEN d.day_from ELSE $5 END +
                   1), 0) AS BIGINT)
          FROM booking d
         WHERE d.person = p.id
           AND d.day_to >= $5
           AND d.day_from <= $6),
       (SELECT count(*)
          FROM task t
         WHERE t.person = p.id
           AND t.opens <= $7
           AND (t.lapses = 0 OR t.due >= $7))
  FROM person p
 WHERE p.login > $1
   AND p.state = $8
   AND (p.roles & $9) <> 0
 ORDER BY p.login
 LIMIT $2;
