CREATE /*!32302 TEMPORARY */ TABLE c (a INT) /*!50100 ENGINE=InnoDB */ ;
-- statements: 1
