delimiter ;;
CREATE PROCEDURE p() BEGIN SELECT 1;
END
;;
DELIMITER ;
SELECT 1;
-- statements: 2
