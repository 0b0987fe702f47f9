-- UNNEST of arrays and maps: cross and left join.
CREATE TABLE orders (
    id INT, item STRING, amount DOUBLE, tags ARRAY<STRING>, ship ROW<city STRING, zip INT>, attr MAP<STRING, INT>,
    ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.json', 'format' = 'json');

SELECT id, t FROM orders CROSS JOIN UNNEST(tags) AS u(t) WHERE id < 20;
SELECT id, t FROM orders LEFT JOIN UNNEST(tags) AS u(t) ON TRUE WHERE id < 20;
SELECT id, k, v FROM orders CROSS JOIN UNNEST(attr) AS u(k, v) WHERE id < 20;
