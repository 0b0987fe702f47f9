-- Differences of times, OVERLAPS, formats and precisions of columns, text in DATE_FORMAT.
CREATE TABLE p (id INT, a TIMESTAMP(3), b TIMESTAMP(3), x STRING, f STRING, n BIGINT, k INT) WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/periods.json', 'format' = 'json');
SELECT id, CAST((a - b) DAY TO SECOND AS STRING) AS d, CAST((a - b) MONTH AS STRING) AS m, a - (a - b) SECOND AS b FROM p;
--> {"id":1,"d":"+1 00:32:11.452","m":"+0-00","b":"2026-05-03 18:00:00.000"}
--> {"id":2,"d":"-61 00:00:00.001","m":"-0-03","b":"2026-07-04 00:00:00.001"}
--> {"id":3,"d":null,"m":null,"b":null}
--> {"id":4,"d":"+0 00:00:00.000","m":"+0-00","b":"1969-12-31 23:59:59.999"}
SELECT id, (a, b) OVERLAPS (b, a) AS same, (a, INTERVAL '1' HOUR) OVERLAPS (b, INTERVAL '1' DAY) AS o FROM p;
--> {"id":1,"same":true,"o":false}
--> {"id":2,"same":true,"o":false}
--> {"id":3,"same":null,"o":null}
--> {"id":4,"same":true,"o":true}
SELECT id, DATE_FORMAT(a, f) AS d, TO_TIMESTAMP(x, f) AS t, TO_TIMESTAMP_LTZ(n, k) AS l, DATE_FORMAT(x, 'yyyy/MM') AS y FROM p;
--> {"id":1,"d":"2026-05-04 18:32:11","t":"2026-05-04 10:00:00.000","l":"2026-05-04 18:32:11.000","y":"2026/05"}
--> {"id":2,"d":"04.05.2026","t":"2026-05-04 00:00:00.000","l":"2026-05-04 18:32:11.452","y":null}
--> {"id":3,"d":null,"t":null,"l":null,"y":null}
--> {"id":4,"d":"1969","t":"2026-05-04 01:02:03.000","l":"1969-12-31 23:59:59.999","y":"2026/05"}
SELECT id, (id - 1) AS hour, SUM(id) day FROM p GROUP BY id;
--> {"id":1,"hour":0,"day":1}
--> {"id":2,"hour":1,"day":2}
--> {"id":3,"hour":2,"day":3}
--> {"id":4,"hour":3,"day":4}
