CREATE UNIQUE INDEX t_a ON t (a); -- bad
ALTER TABLE t
  ADD UNIQUE (a), -- bad
  ADD PRIMARY KEY (b); -- bad
