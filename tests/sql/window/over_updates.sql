-- modes: straight, small
-- Windows over rows that replace each other: what a fired window has counted stays. As Flink answers.
-- (which of two rows comes first at a key is open with several workers, see docs/semantics.md)
CREATE TABLE d (id INT, ts TIMESTAMP(3), k STRING, v INT, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/disorder.csv', 'format' = 'csv');
CREATE VIEW lasts AS SELECT id, ts, k, v FROM
(SELECT *, ROW_NUMBER() OVER (PARTITION BY k, MOD(v, 3) ORDER BY ts DESC) AS rn FROM d) WHERE rn = 1;
SELECT window_start, COUNT(*) AS n, SUM(v) AS s, MIN(v) AS m FROM TABLE(TUMBLE(TABLE lasts, DESCRIPTOR(ts), INTERVAL '20' SECOND)) GROUP BY window_start, window_end;
--> {"window_start":"2024-01-01 10:00:00.000","n":13,"s":566,"m":0}
--> {"window_start":"2024-01-01 10:00:20.000","n":6,"s":278,"m":9}
--> {"window_start":"2024-01-01 10:00:40.000","n":10,"s":437,"m":1}
--> {"window_start":"2024-01-01 10:01:00.000","n":5,"s":229,"m":11}
--> {"window_start":"2024-01-01 10:01:20.000","n":10,"s":622,"m":17}
--> {"window_start":"2024-01-01 10:01:40.000","n":5,"s":212,"m":5}
--> {"window_start":"2024-01-01 10:02:00.000","n":10,"s":674,"m":12}
--> {"window_start":"2024-01-01 10:02:20.000","n":6,"s":323,"m":16}
--> {"window_start":"2024-01-01 10:02:40.000","n":9,"s":569,"m":33}
--> {"window_start":"2024-01-01 10:03:00.000","n":6,"s":380,"m":5}
--> {"window_start":"2024-01-01 10:03:20.000","n":6,"s":173,"m":7}
SELECT window_start, k, COUNT(*) AS n, MAX(v) AS m FROM TABLE(HOP(TABLE lasts, DESCRIPTOR(ts), INTERVAL '20' SECOND, INTERVAL '40' SECOND)) WHERE k < 'c' GROUP BY window_start, window_end, k;
--> {"window_start":"2024-01-01 09:59:40.000","k":"a","n":2,"m":87}
--> {"window_start":"2024-01-01 09:59:40.000","k":"b","n":2,"m":76}
--> {"window_start":"2024-01-01 10:00:00.000","k":"a","n":1,"m":9}
--> {"window_start":"2024-01-01 10:00:00.000","k":"b","n":1,"m":94}
--> {"window_start":"2024-01-01 10:00:20.000","k":"a","n":3,"m":57}
--> {"window_start":"2024-01-01 10:00:20.000","k":"b","n":3,"m":94}
--> {"window_start":"2024-01-01 10:00:40.000","k":"a","n":2,"m":57}
--> {"window_start":"2024-01-01 10:00:40.000","k":"b","n":2,"m":81}
--> {"window_start":"2024-01-01 10:01:00.000","k":"a","n":1,"m":52}
--> {"window_start":"2024-01-01 10:01:00.000","k":"b","n":1,"m":60}
--> {"window_start":"2024-01-01 10:01:20.000","k":"a","n":2,"m":56}
--> {"window_start":"2024-01-01 10:01:20.000","k":"b","n":1,"m":69}
--> {"window_start":"2024-01-01 10:01:40.000","k":"a","n":2,"m":90}
--> {"window_start":"2024-01-01 10:01:40.000","k":"b","n":1,"m":12}
--> {"window_start":"2024-01-01 10:02:00.000","k":"a","n":1,"m":90}
--> {"window_start":"2024-01-01 10:02:00.000","k":"b","n":2,"m":23}
--> {"window_start":"2024-01-01 10:02:20.000","k":"a","n":2,"m":74}
--> {"window_start":"2024-01-01 10:02:20.000","k":"b","n":2,"m":84}
--> {"window_start":"2024-01-01 10:02:40.000","k":"a","n":2,"m":74}
--> {"window_start":"2024-01-01 10:02:40.000","k":"b","n":2,"m":84}
--> {"window_start":"2024-01-01 10:03:00.000","k":"a","n":1,"m":28}
--> {"window_start":"2024-01-01 10:03:00.000","k":"b","n":2,"m":31}
--> {"window_start":"2024-01-01 10:03:20.000","k":"a","n":1,"m":28}
--> {"window_start":"2024-01-01 10:03:20.000","k":"b","n":1,"m":31}
