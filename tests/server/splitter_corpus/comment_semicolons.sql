SELECT 1 /* ; */ + 1 -- ;
;
-- statements: 1
