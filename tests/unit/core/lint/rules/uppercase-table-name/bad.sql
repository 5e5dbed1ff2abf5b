CREATE TABLE Teas (id INT); -- bad
RENAME TABLE t TO tT; -- bad
