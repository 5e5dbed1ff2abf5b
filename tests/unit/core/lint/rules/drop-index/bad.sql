DROP INDEX t_b ON t; -- bad
ALTER TABLE t
  DROP KEY other; -- bad
