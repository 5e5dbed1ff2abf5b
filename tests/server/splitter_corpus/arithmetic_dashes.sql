SELECT 5--1;SELECT 5- -1;
-- statements: 2
