-- The common shapes in batch: final rows only.
SET 'execution.runtime-mode' = 'batch';
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE items (
    item STRING, title STRING, kind STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE orders (
    id INT, item STRING, amount DOUBLE, tags ARRAY<STRING>, ship ROW<city STRING, zip INT>, attr MAP<STRING, INT>,
    ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.json', 'format' = 'json');

SELECT country, COUNT(*) AS n, SUM(secs) AS s, AVG(price) AS a, COUNT(DISTINCT user_id) AS u FROM plays GROUP BY country;
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end;
SELECT o.id, i.title FROM orders AS o LEFT JOIN items AS i ON o.item = i.item WHERE o.id < 10;
SELECT user_id, id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY ts DESC) AS rn FROM plays) WHERE rn = 1;
SELECT country FROM plays WHERE id < 3 UNION ALL SELECT item FROM items;
SELECT country, COUNT(*) AS n FROM plays GROUP BY country HAVING COUNT(*) > 50;
