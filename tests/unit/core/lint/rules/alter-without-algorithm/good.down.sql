-- migrate: online=copy
ALTER TABLE t DROP COLUMN c;
