-- Window Top-N and window deduplication.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT window_start, country, n FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY n DESC, country) AS rn FROM (
    SELECT window_start, window_end, country, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end, country)) WHERE rn <= 2;
SELECT window_start, country, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, country ORDER BY ts DESC) AS rn FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '5' MINUTE))) WHERE rn = 1;
