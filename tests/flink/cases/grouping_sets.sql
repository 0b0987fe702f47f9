-- GROUPING SETS, ROLLUP and CUBE, also on windows.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT user_id, country, COUNT(*) AS n FROM plays WHERE id < 60 GROUP BY GROUPING SETS ((user_id), (country), ());
SELECT user_id, country, SUM(secs) AS s FROM plays WHERE id < 30 GROUP BY ROLLUP (user_id, country);
SELECT window_start, country, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end, GROUPING SETS ((country), ());
