-- The table takes the name that everybody uses. Programs that still say order_lines read and write through a view of
-- that name; it stays until a later step of its own drops it, when nobody asks for it any more. Between
-- the two statements the old name is missing for a moment: a program that hits it gets error 1146 and must retry.
-- migrate: stepwise

-- migrate: allow=rename-table reason="a view takes the old name with the next statement"
RENAME TABLE order_lines TO order_items;

CREATE SQL SECURITY INVOKER VIEW order_lines AS
SELECT order_id, line_no, sku, quantity, unit_price, gift_text FROM order_items;
