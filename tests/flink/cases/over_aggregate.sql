-- OVER windows by time: ROWS and RANGE, unbounded and bounded.
CREATE TABLE orders (
    id INT, item STRING, amount DOUBLE, tags ARRAY<STRING>, ship ROW<city STRING, zip INT>, attr MAP<STRING, INT>,
    ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.json', 'format' = 'json');

SELECT id, item, SUM(amount) OVER (PARTITION BY item ORDER BY ts ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS s FROM orders;
SELECT id, COUNT(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '20' SECOND PRECEDING AND CURRENT ROW) AS n FROM orders;
SELECT id, MAX(amount) OVER (PARTITION BY item ORDER BY ts ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) AS m FROM orders WHERE item IS NOT NULL;
