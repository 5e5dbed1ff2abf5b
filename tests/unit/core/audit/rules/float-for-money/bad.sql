-- finds teas.price
CREATE TABLE `teas` (
  `id` bigint unsigned NOT NULL,
  `price` double,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
