-- ORDER BY and LIMIT on bounded input: NULLs first ascending and last descending, NULLS FIRST/LAST, OFFSET, FETCH, expressions.
SET 'execution.runtime-mode' = 'batch';
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE items (
    item STRING, title STRING, kind STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.null-literal' = '');

SELECT id, secs FROM plays WHERE id < 30 ORDER BY secs, id;
SELECT id, secs FROM plays ORDER BY secs DESC, id LIMIT 7;
SELECT id, secs FROM plays ORDER BY secs ASC, id LIMIT 7;
SELECT id, secs FROM plays ORDER BY secs ASC NULLS LAST, id LIMIT 5;
SELECT id, secs FROM plays ORDER BY secs DESC NULLS FIRST, id LIMIT 5;
SELECT id FROM plays ORDER BY id LIMIT 5 OFFSET 100;
SELECT id FROM plays ORDER BY id DESC OFFSET 200 ROWS FETCH NEXT 4 ROWS ONLY;
SELECT id FROM plays ORDER BY ts, id FETCH FIRST 3 ROWS ONLY;
SELECT id FROM plays ORDER BY id LIMIT 0;
SELECT country, COUNT(*) AS n FROM plays GROUP BY country ORDER BY n DESC, country LIMIT 3;
SELECT id, secs * -1 AS neg FROM plays WHERE secs IS NOT NULL ORDER BY neg, 1 LIMIT 5;
SELECT item, title FROM items ORDER BY item LIMIT 2;
SELECT item FROM items ORDER BY CHAR_LENGTH(title) DESC, item LIMIT 2;
SELECT DISTINCT country FROM plays ORDER BY country LIMIT 2;
