;;SELECT 1;;/* x */;
-- statements: 1
