-- CURRENT_TIMESTAMP is one value for a whole batch query.
SET 'execution.runtime-mode' = 'batch';
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT COUNT(DISTINCT CAST(CURRENT_TIMESTAMP AS STRING)) AS n FROM plays;
SELECT COUNT(*) AS n FROM plays WHERE CURRENT_TIMESTAMP > CAST(ts AS TIMESTAMP_LTZ(3)) - INTERVAL '90' YEAR;
