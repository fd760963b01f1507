-- Certificates that files brought, and the chunks they came in.

-- name: imported_put
-- Nothing where the number is taken, here or by a certificate of the body's own.
INSERT INTO imported (n, number, holder, uscc, body, scheme_id, level_id,
                      criterion, place, trade, scope, issued, valid_from,
                      valid_until, status, status_since, line)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
       $17
 WHERE NOT EXISTS (SELECT 1 FROM certificate WHERE number = $2)
   AND NOT EXISTS (SELECT 1 FROM sub_certificate WHERE number = $2)
    ON CONFLICT (number) DO NOTHING;

-- name: imported_is_taken
SELECT (SELECT count(*) FROM imported WHERE number = $1) +
       (SELECT count(*) FROM certificate WHERE number = $1) +
       (SELECT count(*) FROM sub_certificate WHERE number = $1);

-- name: imported_get
SELECT n, number, holder, uscc, body, scheme_id, level_id, criterion, place,
       trade, scope, issued, valid_from, valid_until, status, status_since, line
  FROM imported
 WHERE number = $1;

-- name: imported_of
SELECT n, number, holder, uscc, body, scheme_id, level_id, criterion, place,
       trade, scope, issued, valid_from, valid_until, status, status_since, line
  FROM imported
 WHERE n IN (SELECT c.n FROM imported_code AS c WHERE c.uscc = $1)
UNION ALL
SELECT n, number, holder, uscc, body, scheme_id, level_id, criterion, place,
       trade, scope, issued, valid_from, valid_until, status, status_since, line
  FROM imported
 WHERE n > (SELECT coalesce(max(reach), 0) FROM imported_coded)
   AND uscc = $1
 ORDER BY 1;

-- name: imported_after
SELECT n, number, holder, uscc, body, scheme_id, level_id, criterion, place,
       trade, scope, issued, valid_from, valid_until, status, status_since, line
  FROM imported
 WHERE n > $1
 ORDER BY n
 LIMIT $2;

-- name: imported_by_number
SELECT n, number, holder, uscc, body, scheme_id, level_id, criterion, place,
       trade, scope, issued, valid_from, valid_until, status, status_since, line
  FROM imported
 WHERE number > $1
 ORDER BY number
 LIMIT $2;

-- name: imported_last
SELECT coalesce(max(n), 0)
  FROM imported;

-- name: imported_count
SELECT count(*)
  FROM imported;

-- name: imported_coded
SELECT coalesce(max(reach), 0)
  FROM imported_coded;

-- name: imported_coded_set
INSERT INTO imported_coded (one, reach)
VALUES (1, $1)
    ON CONFLICT (one) DO UPDATE
   SET reach = excluded.reach;

-- name: imported_code
INSERT INTO imported_code (uscc, n)
SELECT uscc, n
  FROM imported
 WHERE n > $1
   AND n <= $2
 ORDER BY uscc, n;

-- name: imported_coded_clear
DELETE FROM imported_coded;

-- name: imported_code_clear
DELETE FROM imported_code;

-- name: imported_code_wrong
-- What is not where it should be, or is there and should not be.
SELECT (SELECT count(*)
          FROM imported AS i
          LEFT JOIN imported_code AS c ON c.uscc = i.uscc AND c.n = i.n
         WHERE c.n IS NULL
           AND i.n <= (SELECT coalesce(max(reach), 0) FROM imported_coded)) +
       abs((SELECT count(*) FROM imported_code) -
           (SELECT count(*)
              FROM imported
             WHERE n <= (SELECT coalesce(max(reach), 0) FROM imported_coded)));

-- name: imported_chunk_put
INSERT INTO imported_chunk (file, part, first, last, lines, ended, root)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: imported_chunk_newest
SELECT file, part, first, last, lines, ended, root
  FROM imported_chunk
 WHERE file = $1
 ORDER BY part DESC
 LIMIT 1;

-- name: imported_chunk_get
SELECT file, part, first, last, lines, ended, root
  FROM imported_chunk
 WHERE file = $1
   AND part = $2;

-- name: imported_chunk_with
-- The one that brought a row.
SELECT file, part, first, last, lines, ended, root
  FROM imported_chunk
 WHERE last >= $1
   AND first <= $1
 ORDER BY last
 LIMIT 1;

-- name: imported_chunk_sums
SELECT count(*), CAST(coalesce(sum(last - first + 1), 0) AS BIGINT)
  FROM imported_chunk;

-- name: imported_chunk_clear
DELETE FROM imported_chunk;
