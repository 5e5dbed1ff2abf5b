CREATE TABLE u (
  id INT PRIMARY KEY,
  t_id INT,
  KEY (id, t_id),
  FOREIGN KEY (t_id) REFERENCES t (id) -- bad
);
ALTER TABLE t
  ADD CONSTRAINT t_u FOREIGN KEY (a) REFERENCES u (id); -- bad
