-- Deduplication, then a window over it (first row; the time attribute lives on).
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE VIEW d AS SELECT id, ts, country, secs FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts ASC) AS rn FROM plays) WHERE rn = 1;
SELECT window_start, country, COUNT(*) AS n, SUM(secs) AS s FROM TABLE(TUMBLE(TABLE d, DESCRIPTOR(ts), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end, country;
