CREATE PROCEDURE p() BEGIN END;SELECT 'next';
-- statements: 2
