DELIMITER delimiter
SELECT 1 delimiter
SELECT 2
delimiter
DELIMITER ;
-- statements: 2
