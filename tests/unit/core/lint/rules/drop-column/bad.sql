ALTER TABLE t
  ADD COLUMN c INT NULL,
  DROP COLUMN a, -- bad
  DROP `b`; -- bad
/*!50000 ALTER TABLE t DROP COLUMN id */; -- bad
