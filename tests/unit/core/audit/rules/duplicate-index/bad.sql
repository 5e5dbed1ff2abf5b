-- finds teas.by_name
-- finds teas.same
CREATE TABLE `teas` (
  `id` bigint unsigned NOT NULL,
  `name` varchar(40),
  `born` date,
  PRIMARY KEY (`id`),
  UNIQUE KEY `one` (`name`),
  UNIQUE KEY `same` (`name`),
  KEY `by_name` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
