-- Smoke test of the shop, for: migrate exec checks/smoke.sql
-- Each statement fails with error 1242 (exit 5) when it finds a row that must not be there: a subquery in
-- the place of one value may not have two rows.

-- Orders without a customer.
SELECT (SELECT 1 UNION ALL SELECT 2 FROM orders LEFT JOIN customers ON customers.id = orders.customer_id WHERE customers.id IS NULL);

-- Payments without an order.
SELECT (SELECT 1 UNION ALL SELECT 2 FROM payments LEFT JOIN orders ON orders.id = payments.order_id WHERE orders.id IS NULL);

-- The compatibility view is there and readable.
SELECT COUNT(*) FROM order_lines;
