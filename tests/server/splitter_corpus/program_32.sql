-- only: mariadb
IF @a THEN SELECT 1; ELSE SELECT 2; END IF;SELECT 'next';
-- statements: 2
