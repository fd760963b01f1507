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
