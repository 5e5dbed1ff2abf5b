-- only: mariadb
SET sql_mode=ORACLE;CREATE FUNCTION f(a INT) RETURN INT IS BEGIN RETURN a; END;SELECT 'next';
-- statements: 3
