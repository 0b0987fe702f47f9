-- Aggregates with FILTER: a NULL condition is no match; empty filters give 0 or NULL; with DISTINCT.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT COUNT(*) FILTER (WHERE secs > 100) AS long_ones, COUNT(*) FILTER (WHERE secs <= 100) AS short_ones, COUNT(*) AS n FROM plays;
SELECT country, SUM(secs) FILTER (WHERE user_id = 'u1') AS u1, MAX(price) FILTER (WHERE secs < 0) AS m, COUNT(*) FILTER (WHERE secs > 10000) AS z FROM plays GROUP BY country;
SELECT country, COUNT(DISTINCT user_id) FILTER (WHERE secs > 200) AS u, COUNT(DISTINCT user_id) AS v FROM plays GROUP BY country;
SELECT AVG(secs) FILTER (WHERE price > 10) AS a, SUM(secs) FILTER (WHERE FALSE) AS s FROM plays;
