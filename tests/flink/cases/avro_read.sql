-- Avro container files (null, deflate and snappy codec), columns in another order, some of them, a column the file does not have.
CREATE TABLE t1 (id INT, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3), tags ARRAY<STRING>, attr MAP<STRING, INT>, who ROW<name STRING, age INT>)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays-null.avro', 'format' = 'avro');
SELECT * FROM t1 WHERE id < 20;
SELECT country, COUNT(*) AS n, SUM(secs) AS s, SUM(price) AS p FROM t1 GROUP BY country;
CREATE TABLE t2 (ts TIMESTAMP(3), who ROW<age INT, name STRING>, id INT, WATERMARK FOR ts AS ts - INTERVAL '20' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays-snappy.avro', 'format' = 'avro');
SELECT id, who.age, who.name FROM t2 WHERE id < 10;
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE t2, DESCRIPTOR(ts), INTERVAL '5' MINUTE)) GROUP BY window_start, window_end;
CREATE TABLE t3 (id INT, extra STRING, secs BIGINT)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays-deflate.avro', 'format' = 'avro');
SELECT * FROM t3 WHERE id < 5;
