-- zero teas born
-- finds teas.born
-- finds teas.made
CREATE TABLE `teas` (
  `id` bigint unsigned NOT NULL,
  `made` date NOT NULL DEFAULT '0000-00-00',
  `born` date,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
