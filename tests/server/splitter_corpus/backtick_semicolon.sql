SELECT 1 AS `a;``b`;
-- statements: 1
