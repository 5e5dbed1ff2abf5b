CREATE TABLE u (
  a VARCHAR(10) CHARACTER SET utf8, -- bad
  b TEXT COLLATE utf8mb3_bin -- bad
) DEFAULT CHARSET = utf8mb3 COLLATE = utf8mb3_bin; -- bad
ALTER TABLE t CONVERT TO CHARACTER SET utf8; -- bad
SET NAMES utf8 COLLATE utf8_bin; -- bad
/*!40101 SET CHARACTER SET 'utf8mb3' */; -- bad
