CREATE TABLE u (
  t_a INT,
  CONSTRAINT u_t FOREIGN KEY (t_a) REFERENCES t (a) -- bad
);
