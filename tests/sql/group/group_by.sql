-- GROUP BY: NULL keys, duplicates, all usual aggregates, global groups, nothing to group.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE nothing (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/empty.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT country, COUNT(*) AS n, COUNT(secs) AS c, SUM(secs) AS s, MIN(secs) AS lo, MAX(secs) AS hi, AVG(secs) AS a FROM events GROUP BY country;
--> {"country":"BR","n":3,"c":3,"s":68,"lo":0,"hi":61,"a":22}
--> {"country":"DE","n":1,"c":1,"s":-5,"lo":-5,"hi":-5,"a":-5}
--> {"country":"IN","n":5,"c":3,"s":195,"lo":30,"hi":120,"a":65}
--> {"country":"US","n":4,"c":4,"s":213,"lo":33,"hi":60,"a":53}
--> {"country":null,"n":3,"c":3,"s":405,"lo":15,"hi":300,"a":135}
SELECT kind, user_id, COUNT(*) AS n FROM events GROUP BY kind, user_id;
--> {"kind":"play","user_id":10,"n":2}
--> {"kind":"play","user_id":11,"n":2}
--> {"kind":"play","user_id":12,"n":2}
--> {"kind":"play","user_id":13,"n":1}
--> {"kind":"play","user_id":14,"n":1}
--> {"kind":"play","user_id":null,"n":1}
--> {"kind":"seek","user_id":10,"n":1}
--> {"kind":"seek","user_id":null,"n":1}
--> {"kind":"stop","user_id":10,"n":1}
--> {"kind":"stop","user_id":11,"n":2}
--> {"kind":"stop","user_id":13,"n":1}
--> {"kind":null,"user_id":12,"n":1}
SELECT COUNT(*) AS n, SUM(price) AS p, MIN(kind) AS k, MAX(ts) AS t FROM events;
--> {"n":16,"p":38.97,"k":"play","t":"2024-01-01 10:09:30.000"}
SELECT SUM(secs) AS s, COUNT(*) AS n FROM events WHERE secs IS NULL;
--> {"s":null,"n":2}
SELECT country, COUNT(*) AS n FROM nothing GROUP BY country;
SELECT FLOOR(ts TO MINUTE) AS m, SUM(price) AS p FROM events GROUP BY FLOOR(ts TO MINUTE);
--> {"m":"2024-01-01 10:00:00.000","p":11.60}
--> {"m":"2024-01-01 10:01:00.000","p":5.50}
--> {"m":"2024-01-01 10:02:00.000","p":10.10}
--> {"m":"2024-01-01 10:03:00.000","p":null}
--> {"m":"2024-01-01 10:04:00.000","p":0.00}
--> {"m":"2024-01-01 10:06:00.000","p":-1.00}
--> {"m":"2024-01-01 10:07:00.000","p":7.77}
--> {"m":"2024-01-01 10:09:00.000","p":5.00}
SELECT country, MIN(kind) AS a, MAX(kind) AS b, AVG(price) AS p FROM events GROUP BY country;
--> {"country":"BR","a":"play","b":"seek","p":2.916667}
--> {"country":"DE","a":"seek","b":"seek","p":-1.000000}
--> {"country":"IN","a":"play","b":"stop","p":4.204000}
--> {"country":"US","a":"play","b":"stop","p":2.000000}
--> {"country":null,"a":"play","b":"play","p":2.100000}
