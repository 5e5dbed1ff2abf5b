/*!50001 CREATE TABLE c (a INT) */;
DROP TABLE c;
-- statements: 2
