CREATE PROCEDURE p() BEGIN WHILE @a > 0 DO SET @a = @a - 1; END WHILE; SELECT 1; END;SELECT 'next';
-- statements: 2
