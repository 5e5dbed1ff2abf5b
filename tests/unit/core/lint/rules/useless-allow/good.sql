-- migrate: allow=drop-table reason="meant"
DROP TABLE t;
-- migrate: allow=drop-view reason="meant"
DROP VIEW v;
