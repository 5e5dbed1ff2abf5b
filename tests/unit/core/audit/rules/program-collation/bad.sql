-- created utf8mb4_general_ci utf8mb4_unicode_520_ci
-- finds brew
CREATE DEFINER=`app`@`%` PROCEDURE `brew`()
SELECT 1;
-- created utf8mb4_unicode_520_ci latin1_swedish_ci
-- finds steep
CREATE DEFINER=`app`@`%` PROCEDURE `steep`()
SELECT 1;
