/*!999998 NO SUCH SQL */;SELECT 1;
-- statements: 2
