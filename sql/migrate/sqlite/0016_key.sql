-- Nobody asks for the credentials of a key but whoever lost it: then all of them
-- are gone through, which costs less than another page for each that is signed.
DROP INDEX credential_key;
