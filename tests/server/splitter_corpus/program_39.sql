-- only: mysql
CREATE FUNCTION f() RETURNS INT LANGUAGE JAVASCRIPT AS $js$ return '$$'; $js$;SELECT 'next';
-- statements: 2
