-- Arithmetic, strings, casts and times over columns.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT id, secs / 7 AS d, MOD(secs, 7) AS m, -secs AS n, secs * price AS p FROM events WHERE id < 8;
--> {"id":1,"d":4,"m":2,"n":-30,"p":45.00}
--> {"id":2,"d":8,"m":4,"n":-60,"p":120.00}
--> {"id":3,"d":null,"m":null,"n":null,"p":null}
--> {"id":4,"d":2,"m":1,"n":-15,"p":null}
--> {"id":5,"d":1,"m":0,"n":-7,"p":26.25}
--> {"id":6,"d":8,"m":4,"n":-60,"p":120.00}
--> {"id":6,"d":8,"m":4,"n":-60,"p":120.00}
--> {"id":7,"d":17,"m":1,"n":-120,"p":1200.00}
SELECT id, price / 3 AS third, CAST(price AS INT) AS whole, ROUND(price, 1) AS r FROM events WHERE price > 1;
--> {"id":1,"third":0.5000000000000,"whole":1,"r":1.5}
--> {"id":12,"third":2.5900000000000,"whole":7,"r":7.8}
--> {"id":15,"third":1.6666666666667,"whole":5,"r":5.0}
--> {"id":2,"third":0.6666666666667,"whole":2,"r":2.0}
--> {"id":5,"third":1.2500000000000,"whole":3,"r":3.8}
--> {"id":6,"third":0.6666666666667,"whole":2,"r":2.0}
--> {"id":6,"third":0.6666666666667,"whole":2,"r":2.0}
--> {"id":7,"third":3.3333333333333,"whole":10,"r":10.0}
--> {"id":8,"third":0.5000000000000,"whole":1,"r":1.5}
--> {"id":9,"third":1.3666666666667,"whole":4,"r":4.1}
SELECT id, UPPER(kind) || '-' || country AS t, CHAR_LENGTH(kind) AS len, SUBSTRING(kind, 2, 2) AS mid FROM events WHERE id BETWEEN 1 AND 5;
--> {"id":1,"t":"PLAY-IN","len":4,"mid":"la"}
--> {"id":2,"t":"PLAY-US","len":4,"mid":"la"}
--> {"id":3,"t":"STOP-IN","len":4,"mid":"to"}
--> {"id":4,"t":null,"len":4,"mid":"la"}
--> {"id":5,"t":"SEEK-BR","len":4,"mid":"ee"}
SELECT id, EXTRACT(MINUTE FROM ts) AS m, FLOOR(ts TO MINUTE) AS f, DATE_FORMAT(ts, 'HH:mm:ss') AS h FROM events WHERE id > 12;
--> {"id":13,"m":6,"f":"2024-01-01 10:06:00.000","h":"10:06:59"}
--> {"id":14,"m":2,"f":"2024-01-01 10:02:00.000","h":"10:02:00"}
--> {"id":15,"m":9,"f":"2024-01-01 10:09:00.000","h":"10:09:30"}
SELECT id, ts + INTERVAL '90' SECOND AS later, TIMESTAMPDIFF(SECOND, TIMESTAMP '2024-01-01 10:00:00', ts) AS s FROM events WHERE id IN (1, 10, 15);
--> {"id":1,"later":"2024-01-01 10:01:35.000","s":5}
--> {"id":10,"later":"2024-01-01 10:05:30.000","s":240}
--> {"id":15,"later":"2024-01-01 10:11:00.000","s":570}
SELECT id, TRY_CAST(kind AS INT) AS i, CAST(secs AS STRING) AS s, CAST(id AS DOUBLE) AS d FROM events WHERE id < 4;
--> {"id":1,"i":null,"s":"30","d":1.0}
--> {"id":2,"i":null,"s":"60","d":2.0}
--> {"id":3,"i":null,"s":null,"d":3.0}
SELECT 7 / 2 AS a, -7 / 2 AS b, MOD(-7, 2) AS c, 1.0 / 3 AS d, CAST(2.5 AS INT) AS e, 'it''s' AS f, CAST(NULL AS INT) AS g;
--> {"a":3,"b":-3,"c":-1,"d":0.333333333333,"e":2,"f":"it's","g":null}
