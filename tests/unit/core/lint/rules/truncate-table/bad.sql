TRUNCATE TABLE t; -- bad
truncate t; -- bad
