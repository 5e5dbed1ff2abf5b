SET NAMES gbk;SET @a = 1;SET NAMES utf8mb4;
-- statements: 3
