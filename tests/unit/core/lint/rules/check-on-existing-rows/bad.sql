ALTER TABLE t
  ADD CONSTRAINT t_a CHECK (a > 0); -- bad
ALTER TABLE t ADD CHECK (a > 0); -- bad
