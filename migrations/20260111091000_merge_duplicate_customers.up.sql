-- Customers with the same address become one, so that the address can be made unique: the oldest id stays, orders move
-- to it, and what is removed is recorded. Only data: all of it or none of it.
--
-- The same means the same but for case, compared by bytes. The column's own collation would also take 'josé@…' for
-- 'jose@…', and those may be two people; if there are such, the next step stops at them and somebody decides.

INSERT INTO customer_merges (merged_id, kept_id, email, full_name, remark, created_at)
SELECT twice.id, first.id, twice.email, twice.full_name, twice.remark, twice.created_at
  FROM customers AS twice
  JOIN (SELECT MIN(id) AS id, LOWER(email) COLLATE utf8mb4_bin AS address
          FROM customers
         GROUP BY address) AS first
    ON LOWER(twice.email) COLLATE utf8mb4_bin = first.address
   AND twice.id > first.id;

INSERT INTO customer_merge_orders (order_id, merged_id)
SELECT orders.id, orders.customer_id
  FROM orders
  JOIN customer_merges ON customer_merges.merged_id = orders.customer_id;

UPDATE orders
  JOIN customer_merges ON customer_merges.merged_id = orders.customer_id
   SET orders.customer_id = customer_merges.kept_id;

DELETE customers
  FROM customers
  JOIN customer_merges ON customer_merges.merged_id = customers.id;
