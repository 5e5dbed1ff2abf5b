CREATE PROCEDURE p() BEGIN INSERT INTO `begin` (`end`, begin) VALUES (1, 2); UPDATE t SET end = 1; END;SELECT 'next';
-- statements: 2
