-- only: mariadb
FOR i IN 1..3 DO SELECT i; END FOR;SELECT 'next';
-- statements: 2
