-- Dropping the only column of a primary key drops the key with it.
-- migrate: online=copy, stepwise

ALTER TABLE legacy_log DROP COLUMN id;
