-- A stage, a status, a number of stars is one that the trade has: lists of
-- names are indexed by them.
ALTER TABLE case_view
    ADD CONSTRAINT stage_known CHECK (stage BETWEEN 0 AND 11),
    ADD CONSTRAINT status_known CHECK (status BETWEEN 0 AND 2);

ALTER TABLE certificate
    ADD CONSTRAINT stars_known CHECK (stars BETWEEN 0 AND 20),
    ADD CONSTRAINT status_known CHECK (status BETWEEN 0 AND 4);
