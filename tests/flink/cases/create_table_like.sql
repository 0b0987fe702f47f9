-- CREATE TABLE LIKE: options overwritten, columns added, parts excluded.
CREATE TABLE base (id INT, a STRING, twice AS id * 2, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND, PRIMARY KEY (id) NOT ENFORCED)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/strings.csv', 'format' = 'csv');
CREATE TABLE p1 (id INT, s STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/parts/day=2026-05-04/x.csv', 'format' = 'csv');
CREATE TABLE p2 WITH ('path' = '${DATA}/parts/day=2026-05-05/y.csv') LIKE p1;
SELECT * FROM p1 UNION ALL SELECT * FROM p2;
CREATE TABLE p3 (up AS UPPER(s)) LIKE p1;
SELECT * FROM p3;
CREATE TABLE p4 LIKE p3 (EXCLUDING GENERATED);
SELECT * FROM p4;
CREATE TABLE p5 (up AS 'new') LIKE p3 (OVERWRITING GENERATED);
SELECT * FROM p5;
CREATE TABLE p6 WITH ('format' = 'csv', 'path' = '${DATA}/parts/day=2026-05-05/y.csv', 'connector' = 'filesystem') LIKE p1 (EXCLUDING OPTIONS);
SELECT * FROM p6;
CREATE TABLE p7 (up AS 'again') LIKE p3;
CREATE TABLE p8 LIKE nope;
DESCRIBE base;
