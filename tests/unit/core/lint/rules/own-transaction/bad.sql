START TRANSACTION; -- bad
INSERT INTO t (a) VALUES (1);
COMMIT;
SET autocommit = 0; -- bad
COMMIT;
