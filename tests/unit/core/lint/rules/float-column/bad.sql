ALTER TABLE t
  ADD COLUMN latitude DOUBLE NULL, -- bad
  MODIFY a FLOAT; -- bad
