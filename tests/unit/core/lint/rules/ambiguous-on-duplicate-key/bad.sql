INSERT INTO t (id, email, a) VALUES (1, 'x', 2)
  ON DUPLICATE KEY UPDATE a = 2; -- bad
