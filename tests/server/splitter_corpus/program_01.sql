CREATE PROCEDURE p() SELECT 1;SELECT 'next';
-- statements: 2
