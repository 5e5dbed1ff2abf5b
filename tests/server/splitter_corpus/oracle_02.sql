-- only: mariadb
SET sql_mode=ORACLE;BEGIN SELECT 1; END;SELECT 'next';
-- statements: 3
