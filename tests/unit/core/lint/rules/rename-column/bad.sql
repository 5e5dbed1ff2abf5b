ALTER TABLE t
  RENAME COLUMN a TO c, -- bad
  CHANGE b d INT; -- bad
