-- CSV: quotes, doubled quotes, line breaks in quotes, blanks, number and BOOLEAN forms, NULL literal, non-ASCII text.
CREATE TABLE messy (id INT, ok BOOLEAN, s STRING, d DOUBLE, dt DATE)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/messy.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT * FROM messy;
CREATE TABLE texts (id STRING, ok STRING, s STRING, d STRING, dt STRING)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/messy.csv', 'format' = 'csv');
SELECT * FROM texts;
CREATE TABLE few (id INT, ok STRING, s STRING)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/parts/day=2026-05-04/x.csv', 'format' = 'csv');
SELECT s FROM few;
