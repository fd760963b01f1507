-- The newest package of a name is found without sorting: every look-up of a
-- certificate asks for one.
DROP INDEX scheme_package_id;
CREATE INDEX scheme_package_id ON scheme_package (id, frozen, hash);
