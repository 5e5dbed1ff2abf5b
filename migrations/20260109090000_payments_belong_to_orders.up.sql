-- payments.order_id was text. It becomes the number that orders has, and then a foreign key can hold it to that.
-- Before it is run in production, both of these must find nothing; either stops the step with an error, not with a loss:
--   SELECT id, order_id FROM payments WHERE order_id NOT REGEXP '^[1-9][0-9]*$';
--   SELECT p.id, p.order_id FROM payments p LEFT JOIN orders o ON o.id = p.order_id WHERE o.id IS NULL;
-- migrate: online=copy, stepwise
-- migrate: allow=narrowing reason="only numbers are there once the first query above finds nothing"
-- migrate: allow=add-foreign-key reason="every payment has an order once the second query finds nothing"

ALTER TABLE payments MODIFY order_id BIGINT UNSIGNED NOT NULL;

ALTER TABLE payments
  ADD CONSTRAINT payments_order FOREIGN KEY (order_id) REFERENCES orders (id);
