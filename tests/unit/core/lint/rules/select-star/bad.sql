INSERT INTO t (a, b)
SELECT * FROM u; -- bad
CREATE VIEW v AS SELECT u.* FROM u; -- bad
