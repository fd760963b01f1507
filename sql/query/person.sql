-- The people who act.

-- name: person_put
INSERT INTO person (id, login, name, roles, enterprise, secret, state)
VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (id) DO UPDATE
   SET login = excluded.login, name = excluded.name, roles = excluded.roles,
       enterprise = excluded.enterprise, secret = excluded.secret,
       state = excluded.state;

-- name: person_get
SELECT id, login, name, roles, enterprise, secret, state
  FROM person
 WHERE id = $1;

-- name: person_by_login
SELECT id, login, name, roles, enterprise, secret, state
  FROM person
 WHERE login = $1;

-- name: person_list
SELECT id, login, name, roles, enterprise, secret, state
  FROM person
 WHERE login > $1
 ORDER BY login
 LIMIT $2;

-- name: person_list_of_enterprise
SELECT id, login, name, roles, enterprise, secret, state
  FROM person
 WHERE enterprise = $3
   AND login > $1
 ORDER BY login
 LIMIT $2;

-- name: person_list_with_role
-- Who has one of the roles of $3, a set of bits.
SELECT id, login, name, roles, enterprise, secret, state
  FROM person
 WHERE (roles & $3) <> 0
   AND login > $1
 ORDER BY login
 LIMIT $2;

-- name: relation_put
INSERT INTO relation (person, enterprise, until)
VALUES ($1, $2, $3)
    ON CONFLICT (person, enterprise) DO UPDATE SET until = excluded.until;

-- name: relation_list
SELECT enterprise, until
  FROM relation
 WHERE person = $3
   AND enterprise > $1
 ORDER BY enterprise
 LIMIT $2;

-- name: relation_clear
-- All of them, to be made again from the journals.
DELETE FROM relation;

-- name: person_clear_strays
-- Those that no stream says.
DELETE FROM person
 WHERE NOT EXISTS (SELECT 1
                     FROM stream s
                    WHERE s.id = person.id
                      AND s.kind = 'person');
