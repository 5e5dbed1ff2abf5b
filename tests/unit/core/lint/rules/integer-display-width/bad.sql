CREATE TABLE u (
  a INT(11), -- bad
  b BIGINT(20) UNSIGNED -- bad
);
