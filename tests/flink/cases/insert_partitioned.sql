-- INSERT into a partitioned table: dynamic partitions, a static one.
CREATE TABLE sink (id INT, country STRING) PARTITIONED BY (country) WITH ('connector' = 'filesystem', 'path' = '${TMP}/out', 'format' = 'csv');
INSERT INTO sink VALUES (1, 'IN'), (2, 'US'), (3, 'IN');
INSERT INTO sink PARTITION (country = 'BR') SELECT 5;
SELECT * FROM sink;
SELECT id FROM sink WHERE country = 'IN';
