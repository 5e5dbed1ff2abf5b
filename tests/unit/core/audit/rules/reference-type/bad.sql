-- finds orders.tea_id
-- finds cups.tea
CREATE TABLE `teas` (
  `id` bigint unsigned NOT NULL,
  `name` varchar(40) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE `orders` (
  `id` bigint unsigned NOT NULL,
  `tea_id` int DEFAULT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE `names` (
  `name` varchar(40) NOT NULL,
  PRIMARY KEY (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE `cups` (
  `id` bigint unsigned NOT NULL,
  `tea` varchar(20),
  PRIMARY KEY (`id`),
  CONSTRAINT `named` FOREIGN KEY (`tea`) REFERENCES `names` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
