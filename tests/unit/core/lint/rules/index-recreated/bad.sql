ALTER TABLE t
  DROP INDEX t_a,
  ADD INDEX t_a (a, b); -- bad
DROP INDEX u_a ON u;
CREATE INDEX u_a ON u (a, b); -- bad
