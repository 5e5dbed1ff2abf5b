-- The shop's schema as it was found, so that a new database and the old production one start from the same place.
-- On the production database this step is not run but marked as applied: `migrate baseline 20260105090000`.
--
-- What is wrong with it, and mended by the steps that follow:
--   * four collations in six tables, so that joins on text convert or fail ("Illegal mix of collations")
--   * an order's id is INT UNSIGNED in orders and VARCHAR(20) in payments, a customer's is INT
--   * legacy_log has no primary key: no group replication, and row-based replicas scan it for each change
--   * customers may be there twice, and payments may belong to no order
--
-- Every charset and collation is spelt out: nothing may depend on the default of the schema it lands in.
--
-- migrate: allow=missing-primary-key reason="as it was found; 20260110090000 adds it"
-- migrate: allow=small-auto-increment reason="as they were found; 20260108090000 widens them"
-- migrate: allow=utf8mb3 reason="as it was found; 20260107090000 converts it"

CREATE TABLE customers (
  id INT NOT NULL AUTO_INCREMENT,
  email VARCHAR(190) NOT NULL,
  full_name VARCHAR(120) NOT NULL,
  remark TEXT,
  created_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  KEY customers_email (email)
) ENGINE = InnoDB DEFAULT CHARACTER SET = latin1 COLLATE = latin1_swedish_ci;

CREATE TABLE products (
  sku VARCHAR(32) NOT NULL,
  title VARCHAR(200) NOT NULL,
  price DECIMAL(10, 2) NOT NULL,
  PRIMARY KEY (sku)
) ENGINE = InnoDB DEFAULT CHARACTER SET = latin1 COLLATE = latin1_swedish_ci;

CREATE TABLE orders (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id INT NOT NULL,
  status VARCHAR(20) NOT NULL,
  delivery_note VARCHAR(500) DEFAULT NULL,
  ordered_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  KEY orders_customer (customer_id),
  CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb3 COLLATE = utf8mb3_general_ci;

CREATE TABLE order_lines (
  order_id INT UNSIGNED NOT NULL,
  line_no SMALLINT UNSIGNED NOT NULL,
  sku VARCHAR(32) CHARACTER SET latin1 COLLATE latin1_swedish_ci NOT NULL,
  quantity INT NOT NULL,
  unit_price DECIMAL(10, 2) NOT NULL,
  gift_text VARCHAR(200) DEFAULT NULL,
  PRIMARY KEY (order_id, line_no),
  KEY order_lines_sku (sku),
  CONSTRAINT order_lines_order FOREIGN KEY (order_id) REFERENCES orders (id),
  CONSTRAINT order_lines_product FOREIGN KEY (sku) REFERENCES products (sku)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE payments (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  order_id VARCHAR(20) NOT NULL,
  amount DECIMAL(12, 2) NOT NULL,
  paid_at DATETIME NOT NULL,
  PRIMARY KEY (id),
  KEY payments_order (order_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_unicode_ci;

CREATE TABLE legacy_log (
  logged_at DATETIME NOT NULL,
  level VARCHAR(10) NOT NULL,
  message TEXT NOT NULL,
  KEY legacy_log_logged_at (logged_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET = latin1 COLLATE = latin1_swedish_ci;
