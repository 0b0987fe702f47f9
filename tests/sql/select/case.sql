-- CASE, COALESCE, NULLIF, IF and GREATEST over NULLs.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT id, CASE WHEN secs IS NULL THEN 'none' WHEN secs < 0 THEN 'bad' WHEN secs < 60 THEN 'short' ELSE 'long' END AS len FROM events WHERE id < 10;
--> {"id":1,"len":"short"}
--> {"id":2,"len":"long"}
--> {"id":3,"len":"none"}
--> {"id":4,"len":"short"}
--> {"id":5,"len":"short"}
--> {"id":6,"len":"long"}
--> {"id":6,"len":"long"}
--> {"id":7,"len":"long"}
--> {"id":8,"len":"short"}
--> {"id":9,"len":"long"}
SELECT id, CASE kind WHEN 'play' THEN 1 WHEN 'stop' THEN 2 END AS k FROM events WHERE id > 7;
--> {"id":10,"k":1}
--> {"id":11,"k":1}
--> {"id":12,"k":2}
--> {"id":13,"k":null}
--> {"id":14,"k":1}
--> {"id":15,"k":1}
--> {"id":8,"k":1}
--> {"id":9,"k":null}
SELECT id, COALESCE(country, kind, '?') AS c FROM events WHERE country IS NULL;
--> {"id":14,"c":"play"}
--> {"id":4,"c":"play"}
--> {"id":9,"c":"?"}
SELECT id, NULLIF(kind, 'play') AS k, IF(secs > 50, 'y', 'n') AS f FROM events WHERE id < 5;
--> {"id":1,"k":null,"f":"n"}
--> {"id":2,"k":null,"f":"y"}
--> {"id":3,"k":"stop","f":"n"}
--> {"id":4,"k":null,"f":"n"}
SELECT id, IFNULL(secs, -1) AS s, GREATEST(secs, 20) AS g, LEAST(secs, user_id) AS l FROM events WHERE id IN (3, 5, 7, 13);
--> {"id":13,"s":-5,"g":20,"l":-5}
--> {"id":3,"s":-1,"g":null,"l":null}
--> {"id":5,"s":7,"g":20,"l":null}
--> {"id":7,"s":120,"g":120,"l":13}
SELECT CASE WHEN country = 'IN' THEN 'home' ELSE 'abroad' END AS w, COUNT(*) AS n FROM events GROUP BY CASE WHEN country = 'IN' THEN 'home' ELSE 'abroad' END;
--> {"w":"abroad","n":11}
--> {"w":"home","n":5}
