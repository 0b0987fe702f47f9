-- DESCRIBE and SHOW.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE VIEW v AS SELECT country, COUNT(*) AS n FROM plays GROUP BY country;
DESCRIBE plays;
DESC v;
SHOW TABLES;
SHOW VIEWS;
SHOW DATABASES;
SHOW CURRENT DATABASE;
SHOW CATALOGS;
SHOW CURRENT CATALOG;
DESCRIBE nope;
