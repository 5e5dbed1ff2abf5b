-- Brings the merged customers and their orders back. Orders placed since the merge stay with the customer that was kept.

INSERT INTO customers (id, email, full_name, remark, created_at)
SELECT merged_id, email, full_name, remark, created_at FROM customer_merges;

UPDATE orders
  JOIN customer_merge_orders ON customer_merge_orders.order_id = orders.id
   SET orders.customer_id = customer_merge_orders.merged_id;

-- migrate: allow=delete-without-where reason="all of it was put back above"
DELETE FROM customer_merge_orders;

-- migrate: allow=delete-without-where reason="all of it was put back above"
DELETE FROM customer_merges;
