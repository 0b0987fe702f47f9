-- The raw format: each line one value.
CREATE TABLE lines (line STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/strings.csv', 'format' = 'raw');
SELECT * FROM lines;
SELECT CHAR_LENGTH(line) AS n, SPLIT_INDEX(line, ',', 1) AS sec FROM lines WHERE line LIKE '%o%';
CREATE TABLE bytes_of (line BYTES) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales.csv', 'format' = 'raw');
SELECT * FROM bytes_of;
