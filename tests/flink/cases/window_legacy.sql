-- The older group windows: TUMBLE(ts, i) in GROUP BY with TUMBLE_START and its kin, HOP too.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT TUMBLE_START(ts, INTERVAL '5' MINUTE) AS s, TUMBLE_END(ts, INTERVAL '5' MINUTE) AS e, country, COUNT(*) AS n FROM plays GROUP BY TUMBLE(ts, INTERVAL '5' MINUTE), country;
SELECT TUMBLE_ROWTIME(ts, INTERVAL '10' MINUTE) AS rt, COUNT(*) AS n FROM plays GROUP BY TUMBLE(ts, INTERVAL '10' MINUTE);
SELECT HOP_START(ts, INTERVAL '5' MINUTE, INTERVAL '10' MINUTE) AS s, HOP_END(ts, INTERVAL '5' MINUTE, INTERVAL '10' MINUTE) AS e, SUM(secs) AS n FROM plays GROUP BY HOP(ts, INTERVAL '5' MINUTE, INTERVAL '10' MINUTE);
