/* all of it */
-- statements: 0
