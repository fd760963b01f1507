-- What the directory is looked through by: by number, and with all that it is
-- filtered by, so that rows that are not shown are not read.
CREATE INDEX certificate_directory ON certificate
    (number, scheme_id, level_id, status, valid_until, enterprise, holder, uscc);
CREATE INDEX enterprise_place ON enterprise (province, city, id);
