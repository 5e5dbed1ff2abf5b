-- only: mariadb
BEGIN NOT ATOMIC SELECT 1; SELECT 2; END;SELECT 'next';
-- statements: 2
