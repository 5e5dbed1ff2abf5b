SELECT '-->';--
SELECT 2;
-- statements: 2
