-- Joining two window aggregates on their windows.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE VIEW a AS SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) WHERE country = 'IN' GROUP BY window_start, window_end;
CREATE VIEW b AS SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) WHERE secs > 300 GROUP BY window_start, window_end;
SELECT a.window_start, a.n, b.n AS m FROM a JOIN b ON a.window_start = b.window_start AND a.window_end = b.window_end;
SELECT a.window_start, a.n, b.n AS m FROM a LEFT JOIN b ON a.window_start = b.window_start AND a.window_end = b.window_end AND a.n < b.n;
