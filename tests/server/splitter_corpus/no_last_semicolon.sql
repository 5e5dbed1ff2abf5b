SELECT 1;
SELECT 2
-- statements: 2
