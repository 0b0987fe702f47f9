-- HAVING over counts, sums and keys, also over aggregates that the SELECT does not have.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT country, COUNT(*) AS n FROM plays GROUP BY country HAVING COUNT(*) > 50;
SELECT user_id FROM plays GROUP BY user_id HAVING SUM(secs) > 8000 AND user_id IS NOT NULL;
SELECT user_id, SUM(secs) AS s FROM plays GROUP BY user_id HAVING MIN(secs) < 0;
SELECT COUNT(*) AS n FROM plays HAVING COUNT(*) > 1000;
SELECT COUNT(*) AS n FROM plays HAVING COUNT(*) > 10;
SELECT country, COUNT(*) AS n FROM plays GROUP BY country HAVING country = 'IN' OR MAX(price) IS NULL;
