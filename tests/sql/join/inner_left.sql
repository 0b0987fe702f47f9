-- Joins: NULL keys match nothing, duplicates multiply, conditions besides the equal columns, padding.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE people (id INT, name STRING, home STRING)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/people.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE nothing (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/empty.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT e.id, p.name FROM events AS e JOIN people AS p ON e.user_id = p.id;
--> {"id":1,"name":"Asha"}
--> {"id":11,"name":"Bob"}
--> {"id":12,"name":"Dev"}
--> {"id":12,"name":"Dora"}
--> {"id":13,"name":"Asha"}
--> {"id":15,"name":"Caro"}
--> {"id":2,"name":"Bob"}
--> {"id":3,"name":"Asha"}
--> {"id":4,"name":"Caro"}
--> {"id":6,"name":"Bob"}
--> {"id":6,"name":"Bob"}
--> {"id":7,"name":"Dev"}
--> {"id":7,"name":"Dora"}
--> {"id":8,"name":"Asha"}
--> {"id":9,"name":"Caro"}
SELECT e.id, p.name FROM events AS e LEFT JOIN people AS p ON e.user_id = p.id WHERE e.id > 3;
--> {"id":10,"name":null}
--> {"id":11,"name":"Bob"}
--> {"id":12,"name":"Dev"}
--> {"id":12,"name":"Dora"}
--> {"id":13,"name":"Asha"}
--> {"id":14,"name":null}
--> {"id":15,"name":"Caro"}
--> {"id":4,"name":"Caro"}
--> {"id":5,"name":null}
--> {"id":6,"name":"Bob"}
--> {"id":6,"name":"Bob"}
--> {"id":7,"name":"Dev"}
--> {"id":7,"name":"Dora"}
--> {"id":8,"name":"Asha"}
--> {"id":9,"name":"Caro"}
SELECT e.id, p.name FROM events AS e LEFT JOIN people AS p ON e.user_id = p.id AND p.home = e.country;
--> {"id":1,"name":"Asha"}
--> {"id":10,"name":null}
--> {"id":11,"name":"Bob"}
--> {"id":12,"name":"Dev"}
--> {"id":13,"name":null}
--> {"id":14,"name":null}
--> {"id":15,"name":null}
--> {"id":2,"name":"Bob"}
--> {"id":3,"name":"Asha"}
--> {"id":4,"name":null}
--> {"id":5,"name":null}
--> {"id":6,"name":"Bob"}
--> {"id":6,"name":"Bob"}
--> {"id":7,"name":"Dev"}
--> {"id":8,"name":"Asha"}
--> {"id":9,"name":null}
SELECT e.id, p.name FROM events AS e JOIN people AS p ON e.user_id = p.id WHERE e.secs > 50 AND p.home IS NOT NULL;
--> {"id":2,"name":"Bob"}
--> {"id":6,"name":"Bob"}
--> {"id":6,"name":"Bob"}
--> {"id":7,"name":"Dev"}
--> {"id":7,"name":"Dora"}
SELECT p.name, e.id FROM people AS p LEFT JOIN events AS e ON p.id = e.user_id AND e.kind = 'stop';
--> {"name":"Asha","id":3}
--> {"name":"Bob","id":6}
--> {"name":"Bob","id":6}
--> {"name":"Caro","id":null}
--> {"name":"Dev","id":12}
--> {"name":"Dora","id":12}
--> {"name":"Eve","id":null}
--> {"name":"Nobody","id":null}
SELECT p.name, e.id FROM people AS p LEFT JOIN nothing AS e ON p.id = e.user_id;
--> {"name":"Asha","id":null}
--> {"name":"Bob","id":null}
--> {"name":"Caro","id":null}
--> {"name":"Dev","id":null}
--> {"name":"Dora","id":null}
--> {"name":"Eve","id":null}
--> {"name":"Nobody","id":null}
SELECT p.name FROM people AS p JOIN nothing AS e ON p.id = e.user_id;
SELECT a.id, b.id AS other FROM events AS a JOIN events AS b ON a.user_id = b.user_id AND a.id < b.id;
--> {"id":1,"other":13}
--> {"id":1,"other":3}
--> {"id":1,"other":8}
--> {"id":2,"other":11}
--> {"id":2,"other":6}
--> {"id":2,"other":6}
--> {"id":3,"other":13}
--> {"id":3,"other":8}
--> {"id":4,"other":15}
--> {"id":4,"other":9}
--> {"id":6,"other":11}
--> {"id":6,"other":11}
--> {"id":7,"other":12}
--> {"id":8,"other":13}
--> {"id":9,"other":15}
SELECT p.name, COUNT(*) AS n, SUM(e.secs) AS s FROM events AS e JOIN people AS p ON e.user_id = p.id GROUP BY p.name;
--> {"name":"Asha","n":4,"s":70}
--> {"name":"Bob","n":4,"s":213}
--> {"name":"Caro","n":3,"s":166}
--> {"name":"Dev","n":2,"s":120}
--> {"name":"Dora","n":2,"s":120}
