-- only: mariadb
SET sql_mode=ORACLE;<<top>> BEGIN SELECT 1; END;SELECT 'next';
-- statements: 3
