-- CREATE VIEW, with a column list, over views, IF NOT EXISTS, temporary views, DROP VIEW.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE VIEW longs AS SELECT id, country, secs FROM plays WHERE secs > 350;
SELECT * FROM longs;
CREATE VIEW percountry (c, n) AS SELECT country, COUNT(*) FROM longs GROUP BY country;
SELECT * FROM percountry;
CREATE VIEW IF NOT EXISTS percountry AS SELECT 1 AS x;
SELECT c FROM percountry;
CREATE TEMPORARY VIEW tv AS SELECT n FROM percountry WHERE n > 1;
SELECT * FROM tv;
CREATE VIEW longs AS SELECT 1 AS x;
DROP VIEW longs;
SELECT * FROM longs;
DROP VIEW IF EXISTS longs;
DROP VIEW longs;
