CREATE TABLE fresh (id INT);
RENAME TABLE t TO t_old, fresh TO t;
DROP TABLE t_old; -- bad
ALTER TABLE y RENAME TO z;
DROP TABLE z; -- bad
DROP TABLE u; -- bad
DROP TABLE IF EXISTS `x`, y; -- bad 2
CREATE OR REPLACE TABLE w (id INT); -- bad
