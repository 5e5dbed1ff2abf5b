CREATE INDEX t_a ON t (a); -- bad
CREATE TABLE u (
  id INT,
  PRIMARY KEY (id),
  KEY u_id (id) -- bad
);
CREATE TABLE v (
  id INT,
  a INT,
  UNIQUE KEY v_id (id), -- bad
  KEY v_a (a),
  KEY v_a_again (a), -- bad
  PRIMARY KEY (id)
);
