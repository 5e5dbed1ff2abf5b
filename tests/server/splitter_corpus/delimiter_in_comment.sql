/*
DELIMITER $$
*/SELECT 1;
-- statements: 1
