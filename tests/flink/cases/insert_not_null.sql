-- NULL into a NOT NULL column fails, or drops the row when told so.
CREATE TABLE sink (id INT NOT NULL, s STRING) WITH ('connector' = 'filesystem', 'path' = '${TMP}/out', 'format' = 'csv');
INSERT INTO sink SELECT a, 'x' FROM (VALUES (1), (CAST(NULL AS INT))) AS t(a);
CREATE TABLE sink2 (id INT NOT NULL, s STRING) WITH ('connector' = 'filesystem', 'path' = '${TMP}/out2', 'format' = 'csv');
SET 'table.exec.sink.not-null-enforcer' = 'DROP';
INSERT INTO sink2 SELECT a, 'x' FROM (VALUES (1), (CAST(NULL AS INT)), (2)) AS t(a);
SELECT * FROM sink2;
