-- Aggregates over an updating input: counts of counts, sums that are taken back, MIN and MAX that must fall back.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE VIEW per_user AS SELECT user_id, country, COUNT(*) AS n, SUM(secs) AS s FROM plays GROUP BY user_id, country;
SELECT n, COUNT(*) AS grps FROM per_user GROUP BY n;
SELECT country, MAX(n) AS hi, MIN(n) AS lo, SUM(s) AS s, AVG(n) AS a, COUNT(DISTINCT n) AS d FROM per_user GROUP BY country;
SELECT COUNT(*) AS n, SUM(n) AS total FROM per_user;
SELECT MIN(m) AS lo, MAX(m) AS hi FROM (SELECT user_id, MIN(secs) AS m FROM plays GROUP BY user_id);
SELECT big, COUNT(*) AS n FROM (SELECT n > 8 AS big FROM per_user) GROUP BY big;
