-- An updating result cannot go into an append-only sink; a window aggregate can.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE items (
    item STRING, title STRING, kind STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/items.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE sink (k STRING, n BIGINT) WITH ('connector' = 'filesystem', 'path' = '${TMP}/out', 'format' = 'csv');
INSERT INTO sink SELECT country, COUNT(*) FROM plays GROUP BY country;
INSERT INTO sink SELECT DISTINCT country, CAST(1 AS BIGINT) FROM plays;
INSERT INTO sink SELECT p.country, CAST(p.id AS BIGINT) FROM plays AS p LEFT JOIN items AS i ON p.country = i.item;
INSERT INTO sink SELECT user_id, CAST(id AS BIGINT) FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY user_id ORDER BY ts DESC) AS rn FROM plays) WHERE rn = 1;
CREATE TABLE sink3 (k STRING, n BIGINT) WITH ('connector' = 'filesystem', 'path' = '${TMP}/out3', 'format' = 'csv', 'csv.null-literal' = 'nil');
INSERT INTO sink3 SELECT country, COUNT(*) FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '1' DAY)) GROUP BY window_start, window_end, country;
SELECT * FROM sink3;
