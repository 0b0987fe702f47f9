-- Aggregates over empty input: no rows, also without GROUP BY (streaming); a filtered-out input is empty too.
CREATE TABLE nothing (
    ts TIMESTAMP(3), k STRING, v INT,
    WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/empty.csv', 'format' = 'csv');

SELECT COUNT(*) AS n FROM nothing;
SELECT k, COUNT(*) AS n FROM nothing GROUP BY k;
SELECT SUM(v) AS s, MAX(v) AS m FROM nothing WHERE v > 0;
SELECT COUNT(*) AS n FROM (VALUES (1), (2)) AS t(a) WHERE a > 5;
SELECT DISTINCT k FROM nothing;
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE nothing, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY window_start, window_end;
SELECT a.k FROM nothing AS a JOIN nothing AS b ON a.k = b.k;
SELECT t.a, b.k FROM (VALUES ('x'), ('y')) AS t(a) LEFT JOIN nothing AS b ON t.a = b.k;
SELECT k FROM nothing UNION ALL SELECT 'one';
