-- only: mariadb
SET sql_mode=ORACLE;CREATE PROCEDURE p AS BEGIN FOR i IN 1..3 LOOP SELECT i; EXIT WHEN i > 1; END LOOP; END p;SELECT 'next';
-- statements: 3
