-- only: mariadb
WHILE @a DO SET @a = 0; END WHILE;SELECT 'next';
-- statements: 2
