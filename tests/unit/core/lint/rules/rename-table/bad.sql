RENAME TABLE t TO u; -- bad
ALTER TABLE v RENAME TO w; -- bad
