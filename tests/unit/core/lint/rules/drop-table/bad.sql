DROP TABLE t; -- bad
DROP TABLE IF EXISTS `x`, y; -- bad 2
CREATE OR REPLACE TABLE t (id INT); -- bad
