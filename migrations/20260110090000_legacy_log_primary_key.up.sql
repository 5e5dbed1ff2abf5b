-- legacy_log gets the primary key it lacked. The column is invisible: the old writers' INSERT without a list of columns
-- and the old readers' SELECT * go on as before. Existing rows are numbered in the order in which they are stored.
-- migrate: online=copy, stepwise
-- migrate: allow=auto-increment-added reason="rows of a log: nothing refers to their numbers"

ALTER TABLE legacy_log
  ADD COLUMN id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT INVISIBLE COMMENT 'invisible: name it to read it',
  ADD PRIMARY KEY (id);
