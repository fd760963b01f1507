-- Streams and their events.

-- name: stream_open
INSERT INTO stream (id, kind, number, version, head, opened)
VALUES ($1, $2, $3, 0, $4, $5);

-- name: stream_get
SELECT id, kind, number, version, head, opened
  FROM stream
 WHERE id = $1;

-- name: stream_touched
-- When its last event was recorded.
SELECT j.at
  FROM stream s
  JOIN journal j ON j.stream = s.id AND j.version = s.version
 WHERE s.id = $1;

-- name: stream_by_number
SELECT id, kind, number, version, head, opened
  FROM stream
 WHERE kind = $1
   AND number = $2;

-- name: stream_list
SELECT id, kind, number, version, head, opened
  FROM stream
 WHERE kind = $3
   AND number > $1
 ORDER BY number
 LIMIT $2;

-- name: stream_advance
-- Only from the version that the events were decided on.
UPDATE stream
   SET version = $3, head = $4
 WHERE id = $1
   AND version = $2;

-- name: journal_add
INSERT INTO journal (stream, version, type, at, day, body, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: journal_list
SELECT version, type, at, day, body, hash
  FROM journal
 WHERE stream = $1
   AND version > $2
 ORDER BY version
 LIMIT $3;

-- name: journal_list_sites
-- What says which sites a certificate covers (domain/covered.h).
SELECT version, type, at, day, body, hash
  FROM journal
 WHERE stream = $1
   AND type IN ('application.submitted', 'change.asked', 'certificate.changed',
                'reduction.decided', 'reduction.signed', 'scope.reduced')
 ORDER BY version;

-- name: stream_list_active
-- Streams of a kind in which something took effect between two days, or a
-- sub-certificate ran out.
SELECT s.id, s.kind, s.number, s.version, s.head, s.opened
  FROM stream s
 WHERE s.kind = $3
   AND s.number > $1
   AND (EXISTS (SELECT 1
                  FROM journal j
                 WHERE j.stream = s.id
                   AND j.day BETWEEN $4 AND $5)
        OR EXISTS (SELECT 1
                     FROM sub_certificate x
                     JOIN certificate m ON m.number = x.main
                    WHERE m.case_id = s.id
                      AND x.valid_until + 1 BETWEEN $4 AND $5))
 ORDER BY s.number
 LIMIT $2;

-- name: journal_report_days
-- The days after a day on which something happened that is reported to the
-- authority (filing/filing.h, filing_events), or a sub-certificate ran out by
-- now while its main one went on (filing/rows.c [RO4]).
SELECT day
  FROM journal
 WHERE day > $1
   AND type IN ('plan.agreed', 'certificate.recorded', 'decision.signed',
                'suspension.decided', 'suspension.lifted', 'scope.reduced',
                'reduction.signed', 'certificate.changed', 'withdrawal.signed',
                'cancellation.made', 'validity.ended',
                'sub.recorded', 'sub.ended', 'plan.narrowed')
 UNION
SELECT x.valid_until + 1 AS day
  FROM sub_certificate x
  JOIN certificate m ON m.number = x.main
 WHERE x.valid_until + 1 > $1
   AND x.valid_until + 1 <= $3
   AND x.ended IS NULL
   AND x.valid_until < m.valid_until
   AND (m.status < 2 OR m.status_since > x.valid_until)
 ORDER BY day
 LIMIT $2;

-- name: journal_report_late
-- Of these how many took effect between two days and were recorded after an
-- instant.
SELECT count(*)
  FROM journal
 WHERE day BETWEEN $1 AND $2
   AND at > $3
   AND type IN ('plan.agreed', 'certificate.recorded', 'decision.signed',
                'suspension.decided', 'suspension.lifted', 'scope.reduced',
                'reduction.signed', 'certificate.changed', 'withdrawal.signed',
                'cancellation.made', 'validity.ended',
                'sub.recorded', 'sub.ended', 'plan.narrowed');
