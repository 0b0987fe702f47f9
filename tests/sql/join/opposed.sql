-- Joins that each read first what the other reads last, in one statement set: no scan may wait for itself.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE people (id INT, name STRING, home STRING)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/people.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE o1 (id BIGINT, name STRING) WITH ('connector' = 'filesystem', 'path' = '${OUT}/o1', 'format' = 'csv');
CREATE TABLE o2 (name STRING, id BIGINT) WITH ('connector' = 'filesystem', 'path' = '${OUT}/o2', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE o3 (n BIGINT) WITH ('connector' = 'filesystem', 'path' = '${OUT}/o3', 'format' = 'csv');
EXECUTE STATEMENT SET BEGIN
INSERT INTO o1 SELECT e.id, p.name FROM events AS e JOIN people AS p ON e.user_id = p.id WHERE e.id < 9;
INSERT INTO o2 SELECT p.name, e.id FROM people AS p LEFT JOIN events AS e ON e.user_id = p.id;
INSERT INTO o3 SELECT a.id + b.id FROM events AS a JOIN (SELECT p.id FROM people AS p JOIN events AS e ON e.user_id = p.id) AS b ON a.user_id = b.id;
END;
SELECT * FROM o1;
--> {"id":1,"name":"Asha"}
--> {"id":2,"name":"Bob"}
--> {"id":3,"name":"Asha"}
--> {"id":4,"name":"Caro"}
--> {"id":6,"name":"Bob"}
--> {"id":6,"name":"Bob"}
--> {"id":7,"name":"Dora"}
--> {"id":7,"name":"Dev"}
--> {"id":8,"name":"Asha"}
SELECT name, COUNT(*) AS n, SUM(id) AS s FROM o2 GROUP BY name;
--> {"name":"Asha","n":4,"s":25}
--> {"name":"Bob","n":4,"s":25}
--> {"name":"Caro","n":3,"s":28}
--> {"name":"Dev","n":2,"s":19}
--> {"name":"Dora","n":2,"s":19}
--> {"name":"Eve","n":1,"s":null}
--> {"name":"Nobody","n":1,"s":null}
SELECT COUNT(*) AS n, SUM(n) AS s FROM o3;
--> {"n":49,"s":908}
