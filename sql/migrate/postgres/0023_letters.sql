-- In which language somebody reads: that of the pages they came in by last.
-- Empty while they never did.
ALTER TABLE admission ADD COLUMN lang text COLLATE "C" NOT NULL DEFAULT '';
