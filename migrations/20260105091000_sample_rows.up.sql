-- A few rows of each kind that the alignment must carry across unharmed: letters that latin1 has, letters that only
-- utf8mb4 has, a customer who is there twice, rows of a log that are equal to each other.
-- All times are fixed: the same rows on every run and every server.

INSERT INTO customers (id, email, full_name, remark, created_at) VALUES
  (1, 'ada@example.org', 'Ada Byron', NULL, '2019-03-01 08:00:00'),
  (2, 'zoe@example.org', 'Zoë Müller', 'prefers the façade entrance', '2019-07-14 09:30:00'),
  (3, 'ADA@example.org', 'Ada Byron', 'moved in 2021', '2021-11-02 17:45:00'),
  (4, 'li@example.org', 'Li Wei', '', '2022-01-31 23:59:59');

INSERT INTO products (sku, title, price) VALUES
  ('TEA-01', 'Thé à la menthe', 4.50),
  ('CUP-10', 'Cup, 10 cl', 7.25),
  ('POT-03', 'Teapot', 39.00);

INSERT INTO orders (id, customer_id, status, delivery_note, ordered_at) VALUES
  (1, 1, 'paid', NULL, '2021-05-05 10:00:00'),
  (2, 2, 'paid', 'Łódź, ulica Piękna 5', '2021-06-06 11:00:00'),
  (3, 3, 'open', 'second bell', '2021-12-24 12:00:00'),
  (4, 4, 'open', '茶屋', '2022-02-28 13:00:00');

INSERT INTO order_lines (order_id, line_no, sku, quantity, unit_price, gift_text) VALUES
  (1, 1, 'TEA-01', 2, 4.50, NULL),
  (1, 2, 'CUP-10', 6, 7.25, 'Happy birthday 🎂'),
  (2, 1, 'POT-03', 1, 39.00, NULL),
  (3, 1, 'TEA-01', 10, 4.20, '茶 🍵'),
  (4, 1, 'POT-03', 1, 35.00, 'it''s; for you');

INSERT INTO payments (id, order_id, amount, paid_at) VALUES
  (1, '1', 52.50, '2021-05-05 10:01:00'),
  (2, '2', 39.00, '2021-06-06 11:02:00');

INSERT INTO legacy_log (logged_at, level, message) VALUES
  ('2021-05-05 10:01:00', 'info', 'payment received'),
  ('2021-05-05 10:01:00', 'info', 'payment received'),
  ('2021-06-06 11:02:00', 'warn', 'card of Zoë Müller: déjà vu');
