-- account `root`@`localhost`
-- finds brew
CREATE DEFINER=`app`@`%` PROCEDURE `brew`()
SELECT 1;
