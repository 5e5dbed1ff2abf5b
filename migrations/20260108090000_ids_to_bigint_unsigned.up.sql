-- One type for every id: BIGINT UNSIGNED. A foreign key wants the same type on both sides at all times, so the keys go
-- before the columns and come back after them. No id changes its value; a negative one would stop the step.
-- Between the first and the last statement nothing checks the references: run it while nobody writes orders.
-- migrate: online=copy, stepwise
-- migrate: allow=narrowing reason="ids count from 1: there is no negative one, and it would stop the step"

ALTER TABLE order_lines DROP FOREIGN KEY order_lines_order;

ALTER TABLE orders DROP FOREIGN KEY orders_customer;

ALTER TABLE customers MODIFY id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT;

ALTER TABLE orders
  MODIFY id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  MODIFY customer_id BIGINT UNSIGNED NOT NULL;

ALTER TABLE order_lines MODIFY order_id BIGINT UNSIGNED NOT NULL;

ALTER TABLE orders
  ADD CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id);

ALTER TABLE order_lines
  ADD CONSTRAINT order_lines_order FOREIGN KEY (order_id) REFERENCES orders (id);
