CREATE TABLE begin (end INT, `case` INT, `if` INT); SELECT end, t.case, t.if FROM begin t;DROP TABLE begin;
-- statements: 3
