ALTER TABLE t DROP KEY t_b, ADD UNIQUE KEY t_b_id (b, id);
CREATE INDEX t_a ON t (a);
