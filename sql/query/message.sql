-- How far people have read the messages of cases.

-- name: message_read_put
-- Never back: two pages of one person may come in any order.
INSERT INTO message_read (person, case_id, seen)
VALUES ($1, $2, $3)
    ON CONFLICT (person, case_id) DO UPDATE
   SET seen = CASE WHEN excluded.seen > message_read.seen
                   THEN excluded.seen ELSE message_read.seen END;

-- name: message_read_get
SELECT seen
  FROM message_read
 WHERE person = $1
   AND case_id = $2;
