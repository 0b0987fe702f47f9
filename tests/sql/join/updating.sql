-- Joins of tables that change: aggregates on one side or both, then aggregated again.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE people (id INT, name STRING, home STRING)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/people.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT p.name, g.n FROM people AS p JOIN (SELECT user_id, COUNT(*) AS n FROM events GROUP BY user_id) AS g ON p.id = g.user_id;
--> {"name":"Asha","n":4}
--> {"name":"Bob","n":4}
--> {"name":"Caro","n":3}
--> {"name":"Dev","n":2}
--> {"name":"Dora","n":2}
SELECT p.name, g.n FROM people AS p LEFT JOIN (SELECT user_id, COUNT(*) AS n FROM events GROUP BY user_id HAVING COUNT(*) > 2) AS g ON p.id = g.user_id;
--> {"name":"Asha","n":4}
--> {"name":"Bob","n":4}
--> {"name":"Caro","n":3}
--> {"name":"Dev","n":null}
--> {"name":"Dora","n":null}
--> {"name":"Eve","n":null}
--> {"name":"Nobody","n":null}
SELECT a.user_id, a.n, b.s FROM (SELECT user_id, COUNT(*) AS n FROM events GROUP BY user_id) AS a JOIN (SELECT user_id, SUM(secs) AS s FROM events WHERE kind = 'play' GROUP BY user_id) AS b ON a.user_id = b.user_id;
--> {"user_id":10,"n":4,"s":75}
--> {"user_id":11,"n":4,"s":93}
--> {"user_id":12,"n":3,"s":76}
--> {"user_id":13,"n":2,"s":120}
--> {"user_id":14,"n":1,"s":0}
SELECT p.home, SUM(g.n) AS n FROM people AS p JOIN (SELECT user_id, COUNT(*) AS n FROM events GROUP BY user_id) AS g ON p.id = g.user_id GROUP BY p.home;
--> {"home":"DE","n":2}
--> {"home":"IN","n":6}
--> {"home":"US","n":4}
--> {"home":null,"n":3}
