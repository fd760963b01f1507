-- Where people get mail, and until when they may come in.

-- name: admission_put
INSERT INTO admission (person, until, mail)
VALUES ($1, $2, $3)
    ON CONFLICT (person) DO UPDATE
   SET until = excluded.until, mail = excluded.mail;

-- name: admission_get
SELECT until, mail, lang
  FROM admission
 WHERE person = $1;

-- name: admission_speak
INSERT INTO admission (person, until, mail, lang)
VALUES ($1, NULL, '', $2)
    ON CONFLICT (person) DO UPDATE SET lang = excluded.lang;
