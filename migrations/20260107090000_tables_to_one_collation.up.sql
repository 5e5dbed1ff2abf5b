-- Every table to utf8mb4_unicode_520_ci. Each conversion copies its table and blocks writes to it meanwhile.
-- migrate: online=copy, stepwise
--
-- A foreign key on text wants both sides in the same collation at all times, so order_lines_product goes first and
-- comes back last. Foreign keys on numbers stay.
-- Tables with a TEXT name their columns instead of using CONVERT TO: MySQL would turn TEXT into MEDIUMTEXT to have room
-- for the longer encoding, MariaDB would not, and the two would drift apart. A column so named takes the table's new
-- default. A text that does not fit is an error in strict mode, never cut.

ALTER TABLE order_lines DROP FOREIGN KEY order_lines_product;

ALTER TABLE customers
  DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci,
  MODIFY email VARCHAR(190) NOT NULL,
  MODIFY full_name VARCHAR(120) NOT NULL,
  MODIFY remark TEXT;

ALTER TABLE products CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

ALTER TABLE orders CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

ALTER TABLE order_lines CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

ALTER TABLE payments CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;

ALTER TABLE legacy_log
  DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci,
  MODIFY level VARCHAR(10) NOT NULL,
  MODIFY message TEXT NOT NULL;

ALTER TABLE order_lines
  ADD CONSTRAINT order_lines_product FOREIGN KEY (sku) REFERENCES products (sku);
