-- Temporal joins that cannot be planned: no primary key in the condition, no versioned table, not the left side's time attribute.
CREATE TABLE sales (
    id INT, sold TIMESTAMP(3), currency STRING, amount INT,
    WATERMARK FOR sold AS sold - INTERVAL '10' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/sales.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE rates (
    valid TIMESTAMP(3), currency STRING, rate DECIMAL(10, 2),
    WATERMARK FOR valid AS valid - INTERVAL '10' MINUTE, PRIMARY KEY (currency) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/rates.csv', 'format' = 'csv');

CREATE TABLE rates_log (
    valid TIMESTAMP(3), currency STRING, rate DECIMAL(10, 2),
    WATERMARK FOR valid AS valid - INTERVAL '10' MINUTE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/rates.csv', 'format' = 'csv');

SELECT s.id FROM sales AS s JOIN rates FOR SYSTEM_TIME AS OF s.sold AS r ON s.amount = r.rate;
SELECT s.id FROM sales AS s JOIN rates_log FOR SYSTEM_TIME AS OF s.sold AS r ON s.currency = r.currency;
SELECT s.id FROM sales AS s RIGHT JOIN rates FOR SYSTEM_TIME AS OF s.sold AS r ON s.currency = r.currency;
