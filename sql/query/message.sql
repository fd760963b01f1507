-- How far people have read the messages of cases.

-- name: message_read_put
-- Never back: two pages of one person may come in any order.
INSERT INTO message_read (person, case_id, upto)
VALUES ($1, $2, $3)
    ON CONFLICT (person, case_id) DO UPDATE
   SET upto = CASE WHEN excluded.upto > message_read.upto
                   THEN excluded.upto ELSE message_read.upto END;

-- name: message_read_get
SELECT upto
  FROM message_read
 WHERE person = $1
   AND case_id = $2;
