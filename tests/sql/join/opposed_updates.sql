-- A join whose right side changes reads the left one first, another one of the same scans the right one first.
SET 'execution.runtime-mode' = 'streaming';
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE people (id INT, name STRING, home STRING)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/people.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE o1 (name STRING, n BIGINT) WITH ('connector' = 'blackhole');
CREATE TABLE o2 (name STRING, id BIGINT) WITH ('connector' = 'filesystem', 'path' = '${OUT}/o2', 'format' = 'csv', 'csv.null-literal' = '');
EXECUTE STATEMENT SET BEGIN
INSERT INTO o1 SELECT p.name, e.n FROM people AS p JOIN (SELECT user_id, COUNT(*) AS n FROM events GROUP BY user_id) AS e ON e.user_id = p.id;
INSERT INTO o2 SELECT p.name, e.id FROM people AS p LEFT JOIN events AS e ON e.user_id = p.id;
END;
SET 'execution.runtime-mode' = 'batch';
SELECT name, COUNT(*) AS n, SUM(id) AS s FROM o2 GROUP BY name;
--> {"name":"Asha","n":4,"s":25}
--> {"name":"Bob","n":4,"s":25}
--> {"name":"Caro","n":3,"s":28}
--> {"name":"Dev","n":2,"s":19}
--> {"name":"Dora","n":2,"s":19}
--> {"name":"Eve","n":1,"s":null}
--> {"name":"Nobody","n":1,"s":null}
