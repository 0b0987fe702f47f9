-- Damaged blocks of Avro files: an error that says where, or skipped up to the next marker and counted.
CREATE TABLE marker (n BIGINT, s STRING) WITH ('connector' = 'filesystem', 'format' = 'avro', 'path' = '${DIR}/data/marker.avro');
CREATE TABLE counts (n BIGINT, s STRING) WITH ('connector' = 'filesystem', 'format' = 'avro', 'path' = '${DIR}/data/count.avro');
CREATE TABLE lengths (n BIGINT, s STRING) WITH ('connector' = 'filesystem', 'format' = 'avro', 'path' = '${DIR}/data/length.avro');
CREATE TABLE record (n BIGINT, s STRING) WITH ('connector' = 'filesystem', 'format' = 'avro', 'path' = '${DIR}/data/record.avro');
CREATE TABLE ends (n BIGINT, s STRING) WITH ('connector' = 'filesystem', 'format' = 'avro', 'path' = '${DIR}/data/end.avro');
SELECT * FROM marker;
--! is damaged: the marker behind it is wrong
SELECT * FROM counts;
--! is damaged: its number of records is negative
SELECT * FROM lengths;
--! is damaged: the file ends within it
SELECT * FROM ends;
--! is damaged: the file ends within it
SELECT * FROM record;
--! 22030
SET 'weir.on-error' = 'skip';
SELECT n FROM marker;
--> {"n":0}
--> {"n":1}
--> {"n":2}
--> {"n":9}
--> {"n":10}
--> {"n":11}
SELECT n FROM counts;
--> {"n":0}
--> {"n":1}
--> {"n":2}
--> {"n":6}
--> {"n":7}
--> {"n":8}
--> {"n":9}
--> {"n":10}
--> {"n":11}
SELECT COUNT(*) AS n, SUM(n) AS s FROM lengths;
--> {"n":9,"s":54}
SELECT COUNT(*) AS n, MIN(s) AS a, MAX(s) AS b FROM ends;
--> {"n":6,"a":"row-0","b":"row-5"}
SELECT n, s FROM record WHERE n < 6;
--> {"n":0,"s":"row-0"}
--> {"n":1,"s":"row-1"}
--> {"n":2,"s":"row-2"}
--> {"n":3,"s":"row-3"}
