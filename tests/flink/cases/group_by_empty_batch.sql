-- Empty input in batch: an aggregate without GROUP BY gives one row for empty input.
SET 'execution.runtime-mode' = 'batch';
CREATE TABLE nothing (
    ts TIMESTAMP(3), k STRING, v INT,
    WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/empty.csv', 'format' = 'csv');

SELECT COUNT(*) AS n, SUM(v) AS s, MAX(k) AS m FROM nothing;
SELECT k, COUNT(*) AS n FROM nothing GROUP BY k;
SELECT AVG(v) AS a FROM nothing WHERE v > 0;
SELECT * FROM nothing ORDER BY v LIMIT 5;
