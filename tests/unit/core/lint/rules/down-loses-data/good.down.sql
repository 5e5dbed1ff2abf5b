INSERT INTO t (id, a) SELECT id, a FROM kept;
RENAME TABLE v TO u;
