CREATE INDEX t_b ON t (b);
CREATE UNIQUE INDEX t_a ON t (a);
ALTER TABLE t DROP INDEX t_a_b, ADD INDEX t_a_new (a, b, id);
CREATE TABLE u (id INT, PRIMARY KEY (id), FULLTEXT KEY (id), KEY ((id + 1)));
