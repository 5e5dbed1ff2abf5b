DELETE FROM t; -- bad
DELETE FROM t WHERE 1 = 1; -- bad
WITH w AS (SELECT id FROM u WHERE id > 3) DELETE FROM t; -- bad
RENAME TABLE t TO renamed;
DELETE FROM renamed; -- bad
