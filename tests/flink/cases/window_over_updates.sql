-- Windows over rows that change: the last row of each key is taken back from its window as long as that is open.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE VIEW lasts AS SELECT id, ts, user_id, country, secs, price FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id, country ORDER BY ts DESC) AS rn FROM plays) WHERE rn = 1;

SELECT window_start, window_end, COUNT(*) AS n, SUM(secs) AS s, MIN(price) AS low, MAX(user_id) AS top, COUNT(DISTINCT user_id) AS users
FROM TABLE(TUMBLE(TABLE lasts, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
SELECT window_start, country, COUNT(*) AS n, MAX(secs) AS s, AVG(price) AS p
FROM TABLE(HOP(TABLE lasts, DESCRIPTOR(ts), INTERVAL '30' SECOND, INTERVAL '1' MINUTE)) GROUP BY window_start, window_end, country;
SELECT window_start, window_end, COUNT(*) AS n, SUM(secs) FILTER (WHERE secs > 100) AS s
FROM TABLE(CUMULATE(TABLE lasts, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE)) WHERE country <> 'US' GROUP BY window_start, window_end;
SELECT TUMBLE_START(ts, INTERVAL '2' MINUTE) AS st, user_id, COUNT(*) AS n FROM lasts GROUP BY TUMBLE(ts, INTERVAL '2' MINUTE), user_id;
