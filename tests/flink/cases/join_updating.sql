-- Joins whose inputs update: aggregate with table, aggregate with aggregate, left join of aggregates, then aggregated again.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE items (
    item STRING, title STRING, kind STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE VIEW by_user AS SELECT user_id, COUNT(*) AS n, SUM(secs) AS s FROM plays GROUP BY user_id;
CREATE VIEW by_country AS SELECT country, COUNT(*) AS n FROM plays GROUP BY country;
SELECT p.id, u.n FROM plays AS p JOIN by_user AS u ON p.user_id = u.user_id WHERE p.id < 10;
SELECT u.user_id, c.country, u.n FROM by_user AS u JOIN by_country AS c ON u.n = c.n;
SELECT u.user_id, u.n, v.label FROM by_user AS u LEFT JOIN (VALUES ('u1', 'one'), ('u3', 'three'), ('u9', 'nine')) AS v(user_id, label) ON u.user_id = v.user_id;
SELECT v.label, u.n FROM (VALUES ('u1', 'one'), ('u9', 'nine')) AS v(user_id, label) LEFT JOIN by_user AS u ON u.user_id = v.user_id;
SELECT a.user_id, a.n, b.hi FROM by_user AS a LEFT JOIN (SELECT user_id, MAX(price) AS hi FROM plays GROUP BY user_id HAVING COUNT(*) > 45) AS b ON a.user_id = b.user_id;
SELECT SUM(u.n) AS total FROM by_user AS u JOIN by_country AS c ON u.n <> c.n AND u.user_id = 'u' || CAST(c.n - c.n + 1 AS STRING);
