-- Event-time temporal join with a versioned table (PRIMARY KEY and watermark): version at the row's time, before the first version, NULL and unknown keys.
CREATE TABLE sales (
    id INT, sold TIMESTAMP(3), currency STRING, amount INT,
    WATERMARK FOR sold AS sold - INTERVAL '10' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE rates (
    valid TIMESTAMP(3), currency STRING, rate DECIMAL(10, 2),
    WATERMARK FOR valid AS valid - INTERVAL '10' MINUTE, PRIMARY KEY (currency) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/rates.csv', 'format' = 'csv');

SELECT s.id, s.sold, s.currency, s.amount, r.rate, r.valid, s.amount * r.rate AS total FROM sales AS s JOIN rates FOR SYSTEM_TIME AS OF s.sold AS r ON s.currency = r.currency;
SELECT s.id, r.rate FROM sales AS s LEFT JOIN rates FOR SYSTEM_TIME AS OF s.sold AS r ON s.currency = r.currency;
SELECT s.id, r.rate FROM sales AS s LEFT JOIN rates FOR SYSTEM_TIME AS OF s.sold AS r ON s.currency = r.currency AND r.rate > 0.91;
SELECT s.currency, SUM(s.amount * r.rate) AS total FROM sales AS s JOIN rates FOR SYSTEM_TIME AS OF s.sold AS r ON s.currency = r.currency GROUP BY s.currency;
