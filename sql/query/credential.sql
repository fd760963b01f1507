-- Credentials of certificates and sub-certificates.

-- name: credential_add
INSERT INTO credential (number, serial, digest, idx, json, jwt, qr, key, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: credential_get
SELECT number, serial, digest, idx, json, jwt, qr, key, at
  FROM credential
 WHERE number = $1
   AND serial = $2;

-- name: credential_newest
SELECT number, serial, digest, idx, json, jwt, qr, key, at
  FROM credential
 WHERE number = $1
 ORDER BY serial DESC
 LIMIT 1;

-- name: credential_list
SELECT number, serial, digest, idx, json, jwt, qr, key, at
  FROM credential
 WHERE idx > $1
 ORDER BY idx
 LIMIT $2;

-- name: credential_list_of_key
SELECT number, serial, digest, idx, json, jwt, qr, key, at
  FROM credential
 WHERE key = $3
   AND idx > $1
 ORDER BY idx
 LIMIT $2;

-- name: credential_last
SELECT idx
  FROM credential
 ORDER BY idx DESC
 LIMIT 1;

-- name: credential_at
SELECT serial
  FROM credential
 WHERE idx = $1;

-- name: credential_count
SELECT count(*)
  FROM credential;

-- name: credential_standings
-- What the bits of the status lists are made from.
SELECT c.idx, c.number, c.at, n.at, m.id, m.status, m.status_since,
       m.suspended_until, m.valid_until, s.issued, s.valid_until, s.ended,
       j.at
  FROM credential AS c
  LEFT JOIN credential AS n ON n.number = c.number AND n.serial = c.serial + 1
  LEFT JOIN sub_certificate AS s ON s.number = c.number
  LEFT JOIN certificate AS m ON m.number = coalesce(s.main, c.number)
  LEFT JOIN journal AS j ON j.stream = m.id AND j.version = m.version
 WHERE c.idx > $1
   AND c.idx <= $3
 ORDER BY c.idx
 LIMIT $2;

-- name: credential_stamp
-- Another as soon as anything was entered in the log.
SELECT coalesce((SELECT max(idx) FROM log_entry), -1),
       coalesce((SELECT max(id) FROM log_pending), -1);
