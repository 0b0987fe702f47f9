-- GROUPING SETS, ROLLUP and CUBE: keys that are no columns, beside plain keys, over updates, with windows.
CREATE TABLE d (id INT, ts TIMESTAMP(3), k STRING, v INT, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/disorder.csv', 'format' = 'csv');
CREATE TABLE nothing (id BIGINT, k STRING) WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/empty.csv', 'format' = 'csv');
SELECT k, v / 50 AS h, COUNT(*) AS n, SUM(v) AS s FROM d GROUP BY CUBE (k, v / 50) HAVING COUNT(*) > 20;
--> {"k":"a","h":0,"n":31,"s":747}
--> {"k":"a","h":1,"n":26,"s":1860}
--> {"k":"a","h":null,"n":57,"s":2607}
--> {"k":"b","h":0,"n":25,"s":509}
--> {"k":"b","h":1,"n":34,"s":2503}
--> {"k":"b","h":null,"n":59,"s":3012}
--> {"k":"c","h":1,"n":21,"s":1570}
--> {"k":"c","h":null,"n":40,"s":2073}
--> {"k":"d","h":0,"n":27,"s":693}
--> {"k":"d","h":1,"n":27,"s":2111}
--> {"k":"d","h":null,"n":54,"s":2804}
--> {"k":"e","h":0,"n":26,"s":545}
--> {"k":"e","h":null,"n":46,"s":2019}
--> {"k":"f","h":0,"n":23,"s":526}
--> {"k":"f","h":1,"n":21,"s":1661}
--> {"k":"f","h":null,"n":44,"s":2187}
--> {"k":null,"h":0,"n":151,"s":3523}
--> {"k":null,"h":1,"n":149,"s":11179}
--> {"k":null,"h":null,"n":300,"s":14702}
SELECT k, v / 50 AS h, MAX(id) AS m FROM d WHERE k < 'c' GROUP BY ROLLUP (k, v / 50);
--> {"k":"a","h":0,"m":298}
--> {"k":"a","h":1,"m":297}
--> {"k":"a","h":null,"m":298}
--> {"k":"b","h":0,"m":293}
--> {"k":"b","h":1,"m":287}
--> {"k":"b","h":null,"m":293}
--> {"k":null,"h":null,"m":298}
SELECT k, MOD(id, 2) AS p, COUNT(DISTINCT v) AS n FROM d WHERE id < 50 GROUP BY MOD(id, 2), GROUPING SETS ((k), ());
--> {"k":"a","p":0,"n":4}
--> {"k":"a","p":1,"n":8}
--> {"k":"b","p":0,"n":8}
--> {"k":"b","p":1,"n":5}
--> {"k":"c","p":0,"n":2}
--> {"k":"c","p":1,"n":3}
--> {"k":"d","p":0,"n":3}
--> {"k":"d","p":1,"n":6}
--> {"k":"e","p":0,"n":5}
--> {"k":"e","p":1,"n":1}
--> {"k":"f","p":0,"n":3}
--> {"k":"f","p":1,"n":2}
--> {"k":null,"p":0,"n":22}
--> {"k":null,"p":1,"n":24}
SELECT k, n, COUNT(*) AS c FROM (SELECT k, MOD(v, 3) AS m, COUNT(*) AS n FROM d GROUP BY k, MOD(v, 3)) GROUP BY GROUPING SETS ((k), (n));
--> {"k":"a","n":null,"c":3}
--> {"k":"b","n":null,"c":3}
--> {"k":"c","n":null,"c":3}
--> {"k":"d","n":null,"c":3}
--> {"k":"e","n":null,"c":3}
--> {"k":"f","n":null,"c":3}
--> {"k":null,"n":10,"c":1}
--> {"k":null,"n":12,"c":1}
--> {"k":null,"n":13,"c":1}
--> {"k":null,"n":14,"c":3}
--> {"k":null,"n":15,"c":3}
--> {"k":null,"n":16,"c":1}
--> {"k":null,"n":17,"c":1}
--> {"k":null,"n":19,"c":2}
--> {"k":null,"n":20,"c":1}
--> {"k":null,"n":21,"c":3}
--> {"k":null,"n":24,"c":1}
SELECT window_start, k, COUNT(*) AS n, MIN(v) AS low FROM TABLE(TUMBLE(TABLE d, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) WHERE k > 'd' GROUP BY window_start, window_end, ROLLUP (k);
--> {"window_start":"2024-01-01 10:00:00.000","k":"e","n":14,"low":1}
--> {"window_start":"2024-01-01 10:00:00.000","k":"f","n":9,"low":9}
--> {"window_start":"2024-01-01 10:00:00.000","k":null,"n":23,"low":1}
--> {"window_start":"2024-01-01 10:01:00.000","k":"e","n":9,"low":5}
--> {"window_start":"2024-01-01 10:01:00.000","k":"f","n":10,"low":8}
--> {"window_start":"2024-01-01 10:01:00.000","k":null,"n":19,"low":5}
--> {"window_start":"2024-01-01 10:02:00.000","k":"e","n":15,"low":2}
--> {"window_start":"2024-01-01 10:02:00.000","k":"f","n":12,"low":12}
--> {"window_start":"2024-01-01 10:02:00.000","k":null,"n":27,"low":2}
--> {"window_start":"2024-01-01 10:03:00.000","k":"e","n":4,"low":5}
--> {"window_start":"2024-01-01 10:03:00.000","k":"f","n":3,"low":7}
--> {"window_start":"2024-01-01 10:03:00.000","k":null,"n":7,"low":5}
SELECT k, COUNT(*) AS n FROM nothing GROUP BY GROUPING SETS ((k), ());
