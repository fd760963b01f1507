-- What has been done to this schema.  Run before every step, again and again.
CREATE TABLE IF NOT EXISTS migration (
    number INTEGER PRIMARY KEY,
    name   TEXT NOT NULL,
    sha256 TEXT NOT NULL -- of the file that was run
) STRICT;
