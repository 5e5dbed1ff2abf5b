-- only: mariadb
SET STATEMENT max_statement_time=1 FOR BEGIN NOT ATOMIC SELECT 1; END;SELECT 'next';
-- statements: 2
