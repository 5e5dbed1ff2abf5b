-- Back to an empty schema. Children first: a table that a foreign key points to can't be dropped.

DROP TABLE legacy_log;

DROP TABLE payments;

DROP TABLE order_lines;

DROP TABLE orders;

DROP TABLE products;

DROP TABLE customers;
