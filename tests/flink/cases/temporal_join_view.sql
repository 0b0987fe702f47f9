-- The versioned table is a view: last row by key (ROW_NUMBER() = 1 over the time, descending).
CREATE TABLE sales (
    id INT, sold TIMESTAMP(3), currency STRING, amount INT,
    WATERMARK FOR sold AS sold - INTERVAL '10' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE rates_log (
    valid TIMESTAMP(3), currency STRING, rate DECIMAL(10, 2),
    WATERMARK FOR valid AS valid - INTERVAL '10' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/rates.csv', 'format' = 'csv');

CREATE VIEW versions AS SELECT valid, currency, rate FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY currency ORDER BY valid DESC) AS rn FROM rates_log) WHERE rn = 1;
SELECT s.id, s.currency, v.rate FROM sales AS s LEFT JOIN versions FOR SYSTEM_TIME AS OF s.sold AS v ON s.currency = v.currency;
SELECT s.id, v.valid FROM sales AS s JOIN versions FOR SYSTEM_TIME AS OF s.sold AS v ON s.currency = v.currency;
