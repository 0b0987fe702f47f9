-- The shape of the main job: filter, enrich by a versioned table, deduplicate, transform, window.
CREATE TABLE sales (
    id INT, sold TIMESTAMP(3), currency STRING, amount INT,
    WATERMARK FOR sold AS sold - INTERVAL '10' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE rates (
    valid TIMESTAMP(3), currency STRING, rate DECIMAL(10, 2),
    WATERMARK FOR valid AS valid - INTERVAL '10' MINUTE, PRIMARY KEY (currency) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/rates.csv', 'format' = 'csv');

CREATE TABLE orders (
    id INT, item STRING, amount DOUBLE, tags ARRAY<STRING>, ship ROW<city STRING, zip INT>, attr MAP<STRING, INT>,
    ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.json', 'format' = 'json');

CREATE VIEW enriched AS SELECT s.id, s.sold, s.amount, r.rate, CASE WHEN r.rate >= 1 THEN 'strong' ELSE 'weak' END AS class
FROM (SELECT * FROM sales WHERE amount > 0) AS s LEFT JOIN rates FOR SYSTEM_TIME AS OF s.sold AS r ON s.currency = r.currency;
CREATE VIEW once AS SELECT id, sold, amount, rate, class FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY sold) AS rn FROM enriched) WHERE rn = 1;
SELECT window_start, window_end, class, COUNT(*) AS n, SUM(amount * rate) AS total FROM TABLE(TUMBLE(TABLE once, DESCRIPTOR(sold), INTERVAL '2' MINUTE)) GROUP BY window_start, window_end, class;
