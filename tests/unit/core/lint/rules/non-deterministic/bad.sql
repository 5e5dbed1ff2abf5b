INSERT INTO t (a, b) VALUES (NOW(), 'x'), ( -- bad
  UUID(), 'y'); -- bad 1
UPDATE t SET a = CURRENT_TIMESTAMP WHERE b < /* now */ RAND(); -- bad 2
CREATE TABLE v SELECT
  id, NOW() AS at FROM t; -- bad
