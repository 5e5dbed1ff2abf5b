CREATE INDEX t_a ON t (a); -- bad
CREATE TABLE u (
  id INT,
  PRIMARY KEY (id),
  KEY u_id (id) -- bad
);
