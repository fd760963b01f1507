-- What the directory is searched by.
CREATE INDEX enterprise_place ON enterprise (province, city, id);
CREATE INDEX certificate_enterprise ON certificate (enterprise, number);
