-- finds orders.tea_id
CREATE TABLE `teas` (
  `id` bigint unsigned NOT NULL,
  `name` varchar(40) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE `orders` (
  `id` bigint unsigned NOT NULL,
  `tea_id` bigint unsigned,
  PRIMARY KEY (`id`),
  KEY `later` (`id`,`tea_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
