-- The enterprises that are certified.

-- name: enterprise_put
INSERT INTO enterprise (id, uscc, name, name_en, registered, province, city,
                        address, scope, contact_name, contact_phone,
                        contact_mail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (id) DO UPDATE
   SET uscc = excluded.uscc, name = excluded.name, name_en = excluded.name_en,
       registered = excluded.registered, province = excluded.province,
       city = excluded.city, address = excluded.address,
       scope = excluded.scope, contact_name = excluded.contact_name,
       contact_phone = excluded.contact_phone,
       contact_mail = excluded.contact_mail;

-- name: enterprise_get
SELECT id, uscc, name, name_en, registered, province, city, address, scope,
       contact_name, contact_phone, contact_mail
  FROM enterprise
 WHERE id = $1;

-- name: enterprise_by_uscc
SELECT id, uscc, name, name_en, registered, province, city, address, scope,
       contact_name, contact_phone, contact_mail
  FROM enterprise
 WHERE uscc = $1;

-- name: enterprise_list
SELECT id, uscc, name, name_en, registered, province, city, address, scope,
       contact_name, contact_phone, contact_mail
  FROM enterprise
 WHERE (name, id) > ($1, $2)
 ORDER BY name, id
 LIMIT $3;

-- name: enterprise_clear_strays
-- Those that no stream says.
DELETE FROM enterprise
 WHERE NOT EXISTS (SELECT 1
                     FROM stream s
                    WHERE s.id = enterprise.id
                      AND s.kind = 'enterprise');
