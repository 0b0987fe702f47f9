-- SELECT, WHERE and CASE over a file with NULLs and duplicates; a NULL condition drops the row.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT id, user_id, secs FROM plays WHERE secs > 300;
SELECT id FROM plays WHERE NOT (secs > 20);
SELECT id, country, price FROM plays WHERE price IS NULL AND country IS NOT NULL;
SELECT id, secs, CASE WHEN secs < 0 THEN 'neg' WHEN secs < 100 THEN 'short' WHEN secs >= 100 THEN 'long' END AS len FROM plays WHERE id < 40;
SELECT id, CASE country WHEN 'IN' THEN 1 WHEN 'US' THEN 2 ELSE 0 END AS c, secs + 1, secs * price, -secs FROM plays WHERE id BETWEEN 10 AND 30;
SELECT * FROM plays WHERE user_id = 'u1' AND country IN ('IN', 'BR') OR secs IS NULL AND price > 10;
SELECT id FROM plays WHERE country NOT IN ('IN', 'US') AND user_id LIKE 'u_';
SELECT id FROM plays WHERE FALSE;
