-- only: mysql
CREATE FUNCTION f(a INT) RETURNS INT LANGUAGE JAVASCRIPT AS $$ let b = "it's;"; return b; $$;SELECT 'next';
-- statements: 2
