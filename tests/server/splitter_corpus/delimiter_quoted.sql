DELIMITER '//' rest
SELECT 4/2//
DELIMITER ;
-- statements: 1
