CREATE FUNCTION f(a INT) RETURNS INT RETURN IF(a, 1, 2);SELECT 'next';
-- statements: 2
