INSERT INTO t VALUES (1, 2); -- bad
REPLACE t SELECT a, b FROM u; -- bad
INSERT INTO t (SELECT a FROM u); -- bad
