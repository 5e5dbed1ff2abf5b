DROP VIEW v; -- bad
