-- The table takes its old name back from the view.
-- migrate: stepwise

DROP VIEW order_lines;

RENAME TABLE order_items TO order_lines;
