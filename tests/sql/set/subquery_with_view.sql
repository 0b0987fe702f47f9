-- Sub-queries, WITH and views, used twice.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE VIEW plays AS SELECT id, user_id, country, secs FROM events WHERE kind = 'play';
CREATE VIEW per_country (country, n) AS SELECT country, COUNT(*) FROM plays GROUP BY country;
SELECT id FROM plays WHERE secs > 40;
--> {"id":14}
--> {"id":15}
--> {"id":2}
--> {"id":7}
--> {"id":8}
SELECT * FROM per_country WHERE n > 1;
--> {"country":"BR","n":2}
--> {"country":"IN","n":3}
--> {"country":"US","n":2}
--> {"country":null,"n":2}
SELECT id, d FROM (SELECT id, secs * 2 AS d FROM plays WHERE secs IS NOT NULL) AS t WHERE d > 100;
--> {"id":14,"d":600}
--> {"id":15,"d":122}
--> {"id":2,"d":120}
--> {"id":7,"d":240}
WITH big AS (SELECT user_id, SUM(secs) AS s FROM events GROUP BY user_id), few AS (SELECT * FROM big WHERE s > 100) SELECT user_id, s FROM few;
--> {"user_id":11,"s":213}
--> {"user_id":12,"s":166}
--> {"user_id":13,"s":120}
--> {"user_id":null,"s":307}
WITH a AS (SELECT id, country FROM events WHERE id < 4) SELECT x.id, y.id AS other FROM a AS x JOIN a AS y ON x.country = y.country;
--> {"id":1,"other":1}
--> {"id":1,"other":3}
--> {"id":2,"other":2}
--> {"id":3,"other":1}
--> {"id":3,"other":3}
SELECT a.id FROM plays AS a JOIN plays AS b ON a.user_id = b.user_id WHERE b.secs > 100;
--> {"id":7}
