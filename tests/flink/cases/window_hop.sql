-- HOP with GROUP BY: rows in several windows, windows before the first row, slide that divides the size, offset.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT window_start, window_end, COUNT(*) AS n, SUM(secs) AS s FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)) GROUP BY window_start, window_end;
SELECT window_start, country, COUNT(DISTINCT user_id) AS u, MAX(secs) AS m FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '5' MINUTE, INTERVAL '10' MINUTE)) GROUP BY window_start, window_end, country;
SELECT window_start, window_end, COUNT(*) AS n FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '5' MINUTE, INTERVAL '10' MINUTE, INTERVAL '2' MINUTE)) GROUP BY window_start, window_end;
SELECT window_start, COUNT(*) AS n FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '10' MINUTE, INTERVAL '10' MINUTE)) GROUP BY window_start, window_end;
SELECT window_start, COUNT(*) AS n FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '4' MINUTE, INTERVAL '10' MINUTE)) GROUP BY window_start, window_end;
SELECT window_start, COUNT(*) AS n FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '10' MINUTE, INTERVAL '5' MINUTE)) GROUP BY window_start, window_end;
