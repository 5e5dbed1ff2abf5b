-- only: mariadb
SET sql_mode=ORACLE;CREATE OR REPLACE PROCEDURE p AS a INT := 1; BEGIN SELECT a; END;SELECT 'next';
-- statements: 3
