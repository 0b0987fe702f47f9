-- Deduplication with late rows: first-row drops rows at or behind the watermark; last-row keeps the newest.
CREATE TABLE late (
    ts TIMESTAMP(3), k STRING, v INT,
    WATERMARK FOR ts AS ts - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/late.csv', 'format' = 'csv');

SELECT k, ts, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts ASC) AS rn FROM late) WHERE rn = 1;
SELECT k, ts, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts DESC) AS rn FROM late) WHERE rn = 1;
SELECT v / 100 AS block, ts, v FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY v / 100 ORDER BY ts ASC) AS rn FROM late) WHERE rn = 1;
