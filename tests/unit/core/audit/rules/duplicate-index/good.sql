CREATE TABLE `teas` (
  `id` bigint unsigned NOT NULL,
  `name` varchar(40),
  `born` date,
  PRIMARY KEY (`id`),
  UNIQUE KEY `one` (`name`),
  KEY `two` (`name`,`born`),
  KEY `part` (`name`(10)),
  FULLTEXT KEY `words` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci;
