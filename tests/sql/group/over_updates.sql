-- Groups of groups: the upper one sees updates and retractions of the lower one.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT n, COUNT(*) AS countries FROM (SELECT country, COUNT(*) AS n FROM events GROUP BY country) GROUP BY n;
--> {"n":1,"countries":1}
--> {"n":3,"countries":2}
--> {"n":4,"countries":1}
--> {"n":5,"countries":1}
SELECT MAX(n) AS top, SUM(n) AS total, COUNT(*) AS groups FROM (SELECT user_id, COUNT(*) AS n FROM events GROUP BY user_id);
--> {"top":4,"total":16,"groups":6}
SELECT last, COUNT(*) AS n FROM (SELECT user_id, MAX(kind) AS last FROM events GROUP BY user_id) GROUP BY last;
--> {"last":"play","n":2}
--> {"last":"seek","n":1}
--> {"last":"stop","n":3}
SELECT COUNT(DISTINCT s) AS d FROM (SELECT country, SUM(secs) AS s FROM events GROUP BY country);
--> {"d":5}
SELECT country FROM (SELECT country, COUNT(*) AS n FROM events GROUP BY country) WHERE n > 2;
--> {"country":"BR"}
--> {"country":"IN"}
--> {"country":"US"}
--> {"country":null}
