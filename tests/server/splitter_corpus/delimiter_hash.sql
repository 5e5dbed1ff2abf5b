delimiter #
SELECT 1#
SELECT 2#
DELIMITER ;
-- statements: 2
