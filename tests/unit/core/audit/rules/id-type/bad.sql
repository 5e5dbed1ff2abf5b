-- finds b.cup_id
-- finds c.Cup_Id
CREATE TABLE `a` (
  `id` bigint unsigned NOT NULL,
  `cup_id` bigint unsigned,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE `b` (
  `id` bigint unsigned NOT NULL,
  `cup_id` int unsigned,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
CREATE TABLE `c` (
  `id` bigint unsigned NOT NULL,
  `Cup_Id` bigint,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
