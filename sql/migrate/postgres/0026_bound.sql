-- How many cases are bound to a package.
CREATE INDEX case_view_package ON case_view (scheme_hash);
