/*M!100100 SELECT 1 */;
-- statements: 1
