-- Sub-certificates of the sites of a certificate.

-- name: sub_put
INSERT INTO sub_certificate (number, main, n, site, address, scope_zh, scope_en,
                             issued, valid_until, ended)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (number) DO UPDATE
   SET main = excluded.main, n = excluded.n, site = excluded.site,
       address = excluded.address, scope_zh = excluded.scope_zh,
       scope_en = excluded.scope_en, issued = excluded.issued,
       valid_until = excluded.valid_until, ended = excluded.ended;

-- name: sub_clear
DELETE FROM sub_certificate;

-- name: sub_get
SELECT number, main, n, site, address, scope_zh, scope_en, issued, valid_until,
       ended
  FROM sub_certificate
 WHERE number = $1;

-- name: sub_list
SELECT number, main, n, site, address, scope_zh, scope_en, issued, valid_until,
       ended
  FROM sub_certificate
 WHERE main = $1
 ORDER BY n;
