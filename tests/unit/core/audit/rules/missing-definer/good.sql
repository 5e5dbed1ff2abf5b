-- account `app`@`%`
CREATE DEFINER=`app`@`%` PROCEDURE `brew`()
SELECT 1;
