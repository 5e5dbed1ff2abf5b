-- Each table back to the charset it had. A text written since that the old charset can't hold stops this step with an
-- error (1366, "Incorrect string value"): strict mode refuses to replace letters by question marks.
-- migrate: online=copy, stepwise

ALTER TABLE order_lines DROP FOREIGN KEY order_lines_product;

ALTER TABLE legacy_log
  DEFAULT CHARACTER SET = latin1 COLLATE = latin1_swedish_ci,
  MODIFY level VARCHAR(10) NOT NULL,
  MODIFY message TEXT NOT NULL;

ALTER TABLE payments CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

ALTER TABLE order_lines
  DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci,
  MODIFY sku VARCHAR(32) CHARACTER SET latin1 COLLATE latin1_swedish_ci NOT NULL,
  MODIFY gift_text VARCHAR(200) DEFAULT NULL;

-- migrate: allow=utf8mb3 reason="the way back is to what was there"
ALTER TABLE orders CONVERT TO CHARACTER SET utf8mb3 COLLATE utf8mb3_general_ci;

ALTER TABLE products CONVERT TO CHARACTER SET latin1 COLLATE latin1_swedish_ci;

ALTER TABLE customers
  DEFAULT CHARACTER SET = latin1 COLLATE = latin1_swedish_ci,
  MODIFY email VARCHAR(190) NOT NULL,
  MODIFY full_name VARCHAR(120) NOT NULL,
  MODIFY remark TEXT;

ALTER TABLE order_lines
  ADD CONSTRAINT order_lines_product FOREIGN KEY (sku) REFERENCES products (sku);
