CREATE DEFINER=foo@..wtf$legal. PROCEDURE p() BEGIN SELECT 1; END;SELECT 'next';
-- statements: 2
