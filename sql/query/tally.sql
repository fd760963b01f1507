-- What each case adds to the figures of the body, and the sums of that.

-- name: tally_of_case
SELECT kind, item, quarter, value, n
  FROM case_tally
 WHERE case_id = $1
 ORDER BY kind, item, quarter, value;

-- name: tally_put
INSERT INTO case_tally (case_id, kind, item, quarter, value, n)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (case_id, kind, item, quarter, value) DO UPDATE
   SET n = excluded.n;

-- name: tally_drop
DELETE FROM case_tally
 WHERE case_id = $1
   AND kind = $2
   AND item = $3
   AND quarter = $4
   AND value = $5;

-- name: tally_add
INSERT INTO tally (kind, quarter, scheme, item, value, n)
VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (kind, quarter, scheme, item, value) DO UPDATE
   SET n = tally.n + excluded.n;

-- name: tally_tidy
-- A sum that came back to nothing.
DELETE FROM tally
 WHERE kind = $1
   AND quarter = $2
   AND scheme = $3
   AND item = $4
   AND value = $5
   AND n = 0;

-- name: tally_sums
-- Of quarters $2 to $3, of scheme $4 or, where that is empty, of all.
SELECT item, value, CAST(sum(n) AS BIGINT)
  FROM tally
 WHERE kind = $1
   AND quarter BETWEEN $2 AND $3
   AND ($4 = '' OR scheme = $4)
 GROUP BY item, value
 ORDER BY item, value;

-- name: tally_quarters
-- The first and the last in which a case was entered, which every one was.
SELECT (SELECT min(x.quarter) FROM tally x WHERE x.kind = 0),
       (SELECT max(y.quarter) FROM tally y WHERE y.kind = 0);

-- name: tally_clear
DELETE FROM case_tally;

-- name: tally_sums_clear
DELETE FROM tally;

-- name: tally_stray
-- Of no case; or a sum that the cases do not give, or they one that is missing.
SELECT CAST(1 AS BIGINT)
  FROM case_tally t
 WHERE NOT EXISTS (SELECT 1 FROM case_view c WHERE c.id = t.case_id)
 UNION ALL
SELECT CAST(1 AS BIGINT)
  FROM (SELECT x.kind, x.quarter, v.scheme_id, x.item, x.value, sum(x.n) AS n
          FROM case_tally x
          JOIN case_view v ON v.id = x.case_id
         GROUP BY x.kind, x.quarter, v.scheme_id, x.item, x.value) s
  LEFT JOIN tally y ON y.kind = s.kind
                   AND y.quarter = s.quarter
                   AND y.scheme = s.scheme_id
                   AND y.item = s.item
                   AND y.value = s.value
 WHERE y.n IS NULL
    OR y.n <> s.n
 UNION ALL
SELECT CAST(1 AS BIGINT)
  FROM tally z
 WHERE NOT EXISTS (SELECT 1
                     FROM case_tally w
                     JOIN case_view u ON u.id = w.case_id
                    WHERE w.kind = z.kind
                      AND w.quarter = z.quarter
                      AND u.scheme_id = z.scheme
                      AND w.item = z.item
                      AND w.value = z.value)
 LIMIT 1;
