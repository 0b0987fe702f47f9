-- OPTIONS hints change a table for one query.
CREATE TABLE t (id INT, s STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/parts/day=2026-05-04/x.csv', 'format' = 'csv');
SELECT * FROM t /*+ OPTIONS('path' = '${DATA}/parts/day=2026-05-05/y.csv') */;
SELECT a.id, b.id AS j FROM t AS a JOIN t /*+ OPTIONS('path' = '${DATA}/parts/day=2026-05-05/y.csv') */ AS b ON a.id + 1 = b.id;
SELECT * FROM t /*+ OPTIONS('csv.field-delimiter' = ';') */;
SELECT * FROM t;
