-- only: mariadb
CREATE OR REPLACE DEFINER = 'me'@'localhost' PROCEDURE p() BEGIN SELECT 1; END;SELECT 'next';
-- statements: 2
