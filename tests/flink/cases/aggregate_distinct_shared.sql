-- Several DISTINCT calls over one column, with and without FILTER, over rows that only come and rows that change.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE VIEW longest AS SELECT user_id, country, MAX(secs) AS secs FROM plays GROUP BY user_id, country;

SELECT country, COUNT(DISTINCT user_id) AS u, COUNT(DISTINCT user_id) FILTER (WHERE secs > 200) AS a,
  COUNT(DISTINCT user_id) FILTER (WHERE secs <= 200) AS b, COUNT(DISTINCT secs) AS c, SUM(DISTINCT secs) AS d,
  AVG(DISTINCT secs) FILTER (WHERE price > 10) AS e FROM plays GROUP BY country;
SELECT COUNT(DISTINCT user_id) FILTER (WHERE secs > 200) AS a, COUNT(DISTINCT user_id) FILTER (WHERE secs < 30) AS b,
  COUNT(DISTINCT country) FILTER (WHERE secs IS NULL) AS c FROM plays;
SELECT user_id, COUNT(DISTINCT secs) AS c, COUNT(DISTINCT secs) FILTER (WHERE country = 'US') AS a,
  SUM(DISTINCT secs) FILTER (WHERE country <> 'US') AS b, MIN(secs) AS lo FROM longest GROUP BY user_id;
SELECT COUNT(DISTINCT secs) FILTER (WHERE secs > 300) AS a, COUNT(DISTINCT secs) FILTER (WHERE country = 'DE') AS b,
  SUM(DISTINCT secs) FILTER (WHERE secs > 300) AS c FROM longest;
SELECT window_start, COUNT(DISTINCT user_id) AS u, COUNT(DISTINCT user_id) FILTER (WHERE secs > 200) AS a
FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), INTERVAL '5' MINUTE, INTERVAL '15' MINUTE)) GROUP BY window_start, window_end;
