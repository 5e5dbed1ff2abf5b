-- only: mariadb
SET sql_mode=ORACLE;CREATE PACKAGE p AS PROCEDURE a; FUNCTION b RETURN INT; END;SELECT 'next';
-- statements: 3
