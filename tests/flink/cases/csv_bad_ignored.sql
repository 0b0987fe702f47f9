-- csv.ignore-parse-errors: a bad field becomes NULL and its row stays; rows with too few or too many fields.
CREATE TABLE bad (id INT, n INT, ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DATA}/bad.csv', 'format' = 'csv', 'csv.ignore-parse-errors' = 'true');
SELECT * FROM bad;
