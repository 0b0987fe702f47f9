-- Computed columns (in any order, over each other's sources), constants, metadata columns of files, quoted names.
CREATE TABLE t (
    id INT, twice AS id * 2, s STRING, up AS UPPER(s) || '!', k AS CASE WHEN id > 1 THEN 'big' ELSE 'small' END,
    `file.name` STRING NOT NULL METADATA, size BIGINT NOT NULL METADATA FROM 'file.size'
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/parts/day=2026-05-04/x.csv', 'format' = 'csv');
SELECT * FROM t;
SELECT up, twice FROM t WHERE k = 'big';
SELECT `file.name` AS n, COUNT(*) AS c FROM t GROUP BY `file.name`;
CREATE TABLE bad1 (id INT, x AS nope + 1) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'csv');
CREATE TABLE bad2 (id INT, id STRING) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'csv');
CREATE TABLE bad3 (id INT, PRIMARY KEY (nope) NOT ENFORCED) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'csv');
CREATE TABLE bad4 (id INT, PRIMARY KEY (id)) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'csv');
CREATE TABLE bad5 (id INT, WATERMARK FOR id AS id) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'csv');
CREATE TABLE bad6 (id INT, WATERMARK FOR ts AS ts) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'csv');
