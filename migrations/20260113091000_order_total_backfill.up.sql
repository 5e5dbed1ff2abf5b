-- Fills in the sums of the orders that have none. An order without items sums to 0. Only data: all of it or none of it.
-- On a table of many millions of rows, do it in ranges of ids, and let `-- migrate: transaction=batch(1)` commit each.

UPDATE orders
   SET total = (SELECT COALESCE(SUM(order_items.quantity * order_items.unit_price), 0)
                  FROM order_items
                 WHERE order_items.order_id = orders.id)
 WHERE total IS NULL;
