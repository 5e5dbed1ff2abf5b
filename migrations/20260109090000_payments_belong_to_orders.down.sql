-- A number becomes the text of itself, which is what the column held.
-- migrate: online=copy, stepwise

ALTER TABLE payments DROP FOREIGN KEY payments_order;

ALTER TABLE payments MODIFY order_id VARCHAR(20) NOT NULL;
