-- The invoices of all cases, and their sums a day.

-- name: invoice_of_case
SELECT place, enterprise, number, what, state, due, amount, paid, refunded
  FROM invoice
 WHERE case_id = $1
 ORDER BY place;

-- name: invoice_put
INSERT INTO invoice (case_id, place, enterprise, number, what, state, due,
                     amount, paid, refunded)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (case_id, place) DO UPDATE
   SET enterprise = excluded.enterprise, number = excluded.number,
       what = excluded.what, state = excluded.state, due = excluded.due,
       amount = excluded.amount, paid = excluded.paid,
       refunded = excluded.refunded;

-- name: invoice_sum_add
INSERT INTO invoice_sum (state, due, n, amount, paid)
VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (state, due) DO UPDATE
   SET n = invoice_sum.n + excluded.n,
       amount = invoice_sum.amount + excluded.amount,
       paid = invoice_sum.paid + excluded.paid;

-- name: invoice_sum_tidy
DELETE FROM invoice_sum
 WHERE state = $1
   AND due = $2
   AND n = 0;

-- name: invoice_list
-- Of state $3, due from $4 to $5, after the one with key ($4, $6, $1).
SELECT i.case_id, i.place, i.enterprise, i.number, i.what, i.state, i.due,
       i.amount, i.paid, i.refunded, c.number, e.name
  FROM invoice i
  JOIN case_view c ON c.id = i.case_id
  JOIN enterprise e ON e.id = i.enterprise
 WHERE i.state = $3
   AND (i.due, i.case_id, i.place) > ($4, $6, $1)
   AND i.due <= $5
 ORDER BY i.due, i.case_id, i.place
 LIMIT $2;

-- name: invoice_list_named
-- The same of enterprises whose name holds $7, or whose code is $8.  The cross
-- join has SQLite look for those first.
SELECT i.case_id, i.place, i.enterprise, i.number, i.what, i.state, i.due,
       i.amount, i.paid, i.refunded, c.number, e.name
  FROM enterprise e
 CROSS JOIN invoice i
  JOIN case_view c ON c.id = i.case_id
 WHERE (e.name LIKE $7 ESCAPE '!' OR e.uscc = $8)
   AND i.enterprise = e.id
   AND i.state = $3
   AND (i.due, i.case_id, i.place) > ($4, $6, $1)
   AND i.due <= $5
 ORDER BY i.due, i.case_id, i.place
 LIMIT $2;

-- name: invoice_sums
-- Of state $1, due from $2 to $3.
SELECT CAST(coalesce(sum(n), 0) AS BIGINT),
       CAST(coalesce(sum(amount), 0) AS BIGINT),
       CAST(coalesce(sum(paid), 0) AS BIGINT)
  FROM invoice_sum
 WHERE state = $1
   AND due BETWEEN $2 AND $3;

-- name: invoice_sums_named
SELECT CAST(count(i.due) AS BIGINT),
       CAST(coalesce(sum(i.amount), 0) AS BIGINT),
       CAST(coalesce(sum(i.paid), 0) AS BIGINT)
  FROM enterprise e
 CROSS JOIN invoice i
 WHERE (e.name LIKE $4 ESCAPE '!' OR e.uscc = $5)
   AND i.enterprise = e.id
   AND i.state = $1
   AND i.due BETWEEN $2 AND $3;

-- name: invoice_named_count
-- How many enterprises a name leads to, of which no more than $3 are counted.
SELECT count(*)
  FROM (SELECT e.id
          FROM enterprise e
         WHERE e.name LIKE $1 ESCAPE '!'
            OR e.uscc = $2
         LIMIT $3) x;

-- name: invoice_refunds
-- What waits to be given back, longest first.
SELECT c.number, c.enterprise, e.name, t.opens, t.amount
  FROM task t
  JOIN case_view c ON c.id = t.case_id
  JOIN enterprise e ON e.id = c.enterprise
 WHERE t.kind = 'refund'
 ORDER BY t.opens, t.case_id
 LIMIT $1;

-- name: invoice_clear
DELETE FROM invoice;

-- name: invoice_sums_clear
DELETE FROM invoice_sum;

-- name: invoice_stray
-- Of no case; or a sum that the invoices do not give, or they one that is
-- missing.
SELECT CAST(1 AS BIGINT)
  FROM invoice i
 WHERE NOT EXISTS (SELECT 1 FROM case_view c WHERE c.id = i.case_id)
 UNION ALL
SELECT CAST(1 AS BIGINT)
  FROM (SELECT x.state, x.due, count(*) AS n, sum(x.amount) AS amount,
               sum(x.paid) AS paid
          FROM invoice x
         GROUP BY x.state, x.due) s
  LEFT JOIN invoice_sum y ON y.state = s.state
                         AND y.due = s.due
 WHERE y.n IS NULL
    OR y.n <> s.n
    OR y.amount <> s.amount
    OR y.paid <> s.paid
 UNION ALL
SELECT CAST(1 AS BIGINT)
  FROM invoice_sum z
 WHERE NOT EXISTS (SELECT 1
                     FROM invoice w
                    WHERE w.state = z.state
                      AND w.due = z.due)
 LIMIT 1;
