-- GROUP BY without a window: NULL keys, COUNT(*) against COUNT(x), SUM, AVG, MIN, MAX of columns with NULLs.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT country, COUNT(*) AS n, COUNT(secs) AS ns, SUM(secs) AS s, AVG(secs) AS a, MIN(secs) AS lo, MAX(secs) AS hi FROM plays GROUP BY country;
SELECT user_id, country, COUNT(*) AS n, SUM(price) AS s, AVG(price) AS a, MIN(price) AS lo, MAX(price) AS hi FROM plays GROUP BY user_id, country;
SELECT COUNT(*) FROM plays GROUP BY user_id;
SELECT secs > 100 AS long_one, COUNT(*) AS n FROM plays GROUP BY secs > 100;
SELECT MIN(ts) AS a, MAX(ts) AS b, MIN(user_id) AS c, MAX(user_id) AS d FROM plays;
SELECT country, MIN(user_id) AS lo, MAX(user_id) AS hi FROM plays GROUP BY country;
SELECT UPPER(user_id) || country AS k, COUNT(*) AS n FROM plays GROUP BY UPPER(user_id) || country;
SELECT country, secs FROM plays GROUP BY country;
SELECT country, COUNT(*) AS n FROM plays GROUP BY 1;
SELECT country AS c, COUNT(*) AS n FROM plays GROUP BY c;
