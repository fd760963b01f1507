-- What has been done to this schema.  Run before every step, again and again;
-- the lock keeps two programs that start at once from doing a step twice.
SELECT pg_advisory_xact_lock(8387229867131071849);
CREATE TABLE IF NOT EXISTS migration (
    number bigint PRIMARY KEY,
    name   text COLLATE "C" NOT NULL,
    sha256 text COLLATE "C" NOT NULL -- of the file that was run
);
