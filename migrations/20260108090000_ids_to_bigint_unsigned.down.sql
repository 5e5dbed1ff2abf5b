-- The ids' old types. An id that has outgrown INT stops the step (1264, "Out of range") before anything is cut.
-- migrate: online=copy, stepwise

ALTER TABLE order_lines DROP FOREIGN KEY order_lines_order;

ALTER TABLE orders DROP FOREIGN KEY orders_customer;

ALTER TABLE order_lines MODIFY order_id INT UNSIGNED NOT NULL;

ALTER TABLE orders
  MODIFY id INT UNSIGNED NOT NULL AUTO_INCREMENT,
  MODIFY customer_id INT NOT NULL;

ALTER TABLE customers MODIFY id INT NOT NULL AUTO_INCREMENT;

ALTER TABLE orders
  ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id);

ALTER TABLE order_lines
  ADD CONSTRAINT order_lines_order FOREIGN KEY (order_id) REFERENCES orders (id);
