DELIMITER §§
SELECT "§§" §§SELECT 2§§
DELIMITER ;
-- statements: 2
