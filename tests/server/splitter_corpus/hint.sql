SELECT /*+ MAX_EXECUTION_TIME(9) */ 1;
-- statements: 1
