-- created utf8mb4_unicode_520_ci utf8mb4_unicode_520_ci
CREATE DEFINER=`app`@`%` PROCEDURE `brew`()
SELECT 1;
