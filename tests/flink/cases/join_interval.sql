-- Interval joins by time bounds: inner and left.
CREATE TABLE orders (
    id INT, item STRING, amount DOUBLE, tags ARRAY<STRING>, ship ROW<city STRING, zip INT>, attr MAP<STRING, INT>,
    ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.json', 'format' = 'json');

SELECT a.id, b.id AS other FROM orders AS a JOIN orders AS b ON a.item = b.item AND b.ts BETWEEN a.ts - INTERVAL '20' SECOND AND a.ts - INTERVAL '1' SECOND;
SELECT a.id, b.id AS other FROM orders AS a LEFT JOIN orders AS b ON a.item = b.item AND b.ts > a.ts AND b.ts <= a.ts + INTERVAL '15' SECOND;
