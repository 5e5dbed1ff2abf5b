ALTER TABLE t
  MODIFY id INT NOT NULL, -- bad
  CHANGE a a INT UNSIGNED, -- bad
  MODIFY b VARCHAR(99), -- bad
  MODIFY c DECIMAL(10, 1), -- bad
  MODIFY d DATE, -- bad
  MODIFY e ENUM('x', 'z'), -- bad
  MODIFY f VARCHAR(1000), -- bad
  MODIFY g FLOAT; -- bad
ALTER TABLE t
  MODIFY d VARCHAR(20),
  CONVERT TO CHARACTER SET latin1 COLLATE latin1_bin; -- bad
