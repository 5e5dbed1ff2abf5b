SELECT '
Down;
${NAME}';
-- statements: 1
