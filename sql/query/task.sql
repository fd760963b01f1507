-- What waits in the cases, and what was told of it.

-- name: task_put
INSERT INTO task (case_id, kind, number, person, roles, opens, due,
                  due_provisional, raised, amount, lapses)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (case_id, kind, number, person) DO UPDATE
   SET roles = excluded.roles, opens = excluded.opens, due = excluded.due,
       due_provisional = excluded.due_provisional, raised = excluded.raised,
       amount = excluded.amount, lapses = excluded.lapses;

-- name: task_drop
DELETE FROM task
 WHERE case_id = $1
   AND kind = $2
   AND number = $3
   AND person = $4;

-- name: task_list_of_case
SELECT case_id, kind, number, person, roles, opens, due, due_provisional,
       raised, amount, lapses
  FROM task
 WHERE case_id = $1
 ORDER BY kind, number, person;

-- name: task_list
-- What is there on a day, the most pressing first, and then what waited
-- longest; after one that is known.
-- What lapses is over once its limit has passed (domain/todo.h,
-- task_is_over()); so it is below.  2147483647 is the day that never comes.
SELECT t.case_id, t.kind, t.number, t.person, t.roles, t.opens, t.due,
       t.due_provisional, t.raised, t.amount, t.lapses, c.number, c.enterprise,
       e.name, p.login, p.name
  FROM task t
  JOIN case_view c ON c.id = t.case_id
  JOIN enterprise e ON e.id = c.enterprise
  LEFT JOIN person p ON p.id = t.person
 WHERE t.opens <= $1
   AND (t.lapses = 0 OR t.due >= $1)
   AND COALESCE(t.due, 2147483647) >= $3
   AND (COALESCE(t.due, 2147483647), t.opens, c.number, t.kind, t.number,
        t.person) > ($3, $4, $5, $6, $7, $8)
 ORDER BY COALESCE(t.due, 2147483647), t.opens, c.number, t.kind, t.number,
          t.person
 LIMIT $2;

-- name: task_role_sets
-- The sets of roles that what waits for person $1 has, each found by one look
-- into the index: there are a few, however many tasks.  The one with the first
-- limit from $2 on comes first.
WITH RECURSIVE found (roles) AS (
       SELECT (SELECT min(t.roles) FROM task t WHERE t.person = $1)
        UNION ALL
       SELECT (SELECT min(u.roles)
                 FROM task u
                WHERE u.person = $1
                  AND u.roles > f.roles)
         FROM found f
        WHERE f.roles IS NOT NULL)
SELECT x.roles,
       (SELECT COALESCE(min(COALESCE(v.due, 2147483647)), 2147483647)
          FROM task v
         WHERE v.person = $1
           AND v.roles = x.roles
           AND COALESCE(v.due, 2147483647) >= $2)
  FROM found x
 WHERE x.roles IS NOT NULL
 ORDER BY 2, 1;

-- name: task_list_of_roles
-- task_list() of what waits for person $9 and has just the roles $10, up to the
-- limit $14; $12 says whether in cases of enterprise $11, and $13 in others.
SELECT t.case_id, t.kind, t.number, t.person, t.roles, t.opens, t.due,
       t.due_provisional, t.raised, t.amount, t.lapses, c.number, c.enterprise,
       e.name, p.login, p.name
  FROM task t
  JOIN case_view c ON c.id = t.case_id
  JOIN enterprise e ON e.id = c.enterprise
  LEFT JOIN person p ON p.id = t.person
 WHERE t.person = $9
   AND t.roles = $10
   AND t.opens <= $1
   AND (t.lapses = 0 OR t.due >= $1)
   AND ((c.enterprise = $11 AND $12 > 0) OR (c.enterprise <> $11 AND $13 > 0))
   AND COALESCE(t.due, 2147483647) >= $3
   AND COALESCE(t.due, 2147483647) <= $14
   AND (COALESCE(t.due, 2147483647), t.opens, c.number, t.kind, t.number,
        t.person) > ($3, $4, $5, $6, $7, $8)
 ORDER BY COALESCE(t.due, 2147483647), t.opens, c.number, t.kind, t.number,
          t.person
 LIMIT $2;

-- name: task_list_new
-- What came up by a day and was not told yet.
SELECT t.case_id, t.kind, t.number, t.person, t.roles, t.opens, t.due,
       t.due_provisional, t.raised, t.amount, t.lapses, c.number, c.enterprise,
       e.name, p.login, p.name
  FROM task t
  JOIN case_view c ON c.id = t.case_id
  JOIN enterprise e ON e.id = c.enterprise
  LEFT JOIN person p ON p.id = t.person
 WHERE t.raised = 0
   AND t.opens <= $1
   AND (t.lapses = 0 OR t.due >= $1)
 ORDER BY t.opens, c.number, t.kind, t.number, t.person
 LIMIT $2;

-- name: task_list_late
-- What is overdue on a day, and was not told as that yet.
SELECT t.case_id, t.kind, t.number, t.person, t.roles, t.opens, t.due,
       t.due_provisional, t.raised, t.amount, t.lapses, c.number, c.enterprise,
       e.name, p.login, p.name
  FROM task t
  JOIN case_view c ON c.id = t.case_id
  JOIN enterprise e ON e.id = c.enterprise
  LEFT JOIN person p ON p.id = t.person
 WHERE t.raised IN (0, 1)
   AND t.due < $1
   AND t.lapses = 0
 ORDER BY t.due, c.number, t.kind, t.number, t.person
 LIMIT $2;

-- name: task_tell_new
INSERT INTO notice (case_id, kind, number, person, what, day, raised)
SELECT case_id, kind, number, person, 1, opens, $1
  FROM task
 WHERE raised = 0
   AND opens <= $1
   AND (lapses = 0 OR due >= $1)
    ON CONFLICT (case_id, kind, number, person, what, day) DO NOTHING;

-- name: task_told_new
UPDATE task
   SET raised = 1
 WHERE raised = 0
   AND opens <= $1
   AND (lapses = 0 OR due >= $1);

-- name: task_tell_late
INSERT INTO notice (case_id, kind, number, person, what, day, raised)
SELECT case_id, kind, number, person, 2, due + 1, $1
  FROM task
 WHERE raised = 1
   AND due < $1
   AND lapses = 0
    ON CONFLICT (case_id, kind, number, person, what, day) DO NOTHING;

-- name: task_told_late
UPDATE task
   SET raised = 2
 WHERE raised = 1
   AND due < $1
   AND lapses = 0;

-- name: task_clear
-- All of them, to be made again from the journals.
DELETE FROM task;

-- name: task_tell_again
-- What was told of a task before it was made again.
UPDATE task
   SET raised = CASE WHEN EXISTS (SELECT 1
                                    FROM notice n
                                   WHERE n.case_id = task.case_id
                                     AND n.kind = task.kind
                                     AND n.number = task.number
                                     AND n.person = task.person
                                     AND n.what = 2
                                     AND n.day = task.due + 1)
                     THEN 2 ELSE 1 END
 WHERE EXISTS (SELECT 1
                 FROM notice n
                WHERE n.case_id = task.case_id
                  AND n.kind = task.kind
                  AND n.number = task.number
                  AND n.person = task.person
                  AND n.what = 1
                  AND n.day = task.opens);

-- name: notice_clear_strays
-- Those of no case.
DELETE FROM notice
 WHERE NOT EXISTS (SELECT 1 FROM case_view c WHERE c.id = notice.case_id);

-- name: notice_list_of_case
SELECT kind, number, person, what, day, raised
  FROM notice
 WHERE case_id = $1
 ORDER BY day, what, kind, number, person;

-- name: task_stray
-- Tasks and notices of no case.
SELECT kind
  FROM task
 WHERE NOT EXISTS (SELECT 1 FROM case_view c WHERE c.id = task.case_id)
 UNION ALL
SELECT kind
  FROM notice
 WHERE NOT EXISTS (SELECT 1 FROM case_view c WHERE c.id = notice.case_id)
 LIMIT 1;
