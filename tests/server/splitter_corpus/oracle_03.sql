-- only: mariadb
SET sql_mode=ORACLE;DECLARE a INT; BEGIN a := 1; SELECT a; END;SELECT 'next';
-- statements: 3
