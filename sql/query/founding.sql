-- A founding that failed half way is undone: what it commits, table by table,
-- those that refer to others first.

-- name: founding_begun
-- Does anything stand on record?
SELECT count(*)
  FROM (SELECT 1 FROM stream LIMIT 1) AS any_stream;

-- name: founding_undo_files
DELETE FROM scheme_file;

-- name: founding_undo_packages
DELETE FROM scheme_package;

-- name: founding_undo_pending
DELETE FROM log_pending;

-- name: founding_undo_nodes
DELETE FROM log_node;

-- name: founding_undo_entries
DELETE FROM log_entry;

-- name: founding_undo_checkpoints
DELETE FROM log_checkpoint;

-- name: founding_undo_mail
DELETE FROM mail;

-- name: founding_undo_tickets
DELETE FROM ticket;

-- name: founding_undo_passages
DELETE FROM passage;

-- name: founding_undo_journal
DELETE FROM journal;

-- name: founding_undo_streams
DELETE FROM stream;

-- name: founding_undo_meta
DELETE FROM meta;
