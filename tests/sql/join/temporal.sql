-- Temporal joins: the version at the row's time, before the first version, NULL keys, late versions.
CREATE TABLE events (id BIGINT, user_id INT, kind STRING, country STRING, secs INT, price DECIMAL(10, 2), ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '30' SECOND)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE rates (country STRING, rate DECIMAL(10, 2), since TIMESTAMP(3), WATERMARK FOR since AS since,
  PRIMARY KEY (country) NOT ENFORCED)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/rates.csv', 'format' = 'csv');
SELECT e.id, e.country, r.rate FROM events AS e JOIN rates FOR SYSTEM_TIME AS OF e.ts AS r ON e.country = r.country;
--> {"id":1,"country":"IN","rate":0.10}
--> {"id":10,"country":"BR","rate":0.50}
--> {"id":11,"country":"US","rate":2.00}
--> {"id":12,"country":"IN","rate":0.30}
--> {"id":15,"country":"BR","rate":0.50}
--> {"id":2,"country":"US","rate":1.00}
--> {"id":3,"country":"IN","rate":0.10}
--> {"id":6,"country":"US","rate":1.00}
--> {"id":6,"country":"US","rate":1.00}
--> {"id":7,"country":"IN","rate":0.20}
--> {"id":8,"country":"IN","rate":0.20}
SELECT e.id, r.rate FROM events AS e LEFT JOIN rates FOR SYSTEM_TIME AS OF e.ts AS r ON e.country = r.country;
--> {"id":1,"rate":0.10}
--> {"id":10,"rate":0.50}
--> {"id":11,"rate":2.00}
--> {"id":12,"rate":0.30}
--> {"id":13,"rate":null}
--> {"id":14,"rate":null}
--> {"id":15,"rate":0.50}
--> {"id":2,"rate":1.00}
--> {"id":3,"rate":0.10}
--> {"id":4,"rate":null}
--> {"id":5,"rate":null}
--> {"id":6,"rate":1.00}
--> {"id":6,"rate":1.00}
--> {"id":7,"rate":0.20}
--> {"id":8,"rate":0.20}
--> {"id":9,"rate":null}
SELECT e.country, SUM(e.price * r.rate) AS total FROM events AS e JOIN rates FOR SYSTEM_TIME AS OF e.ts AS r ON e.country = r.country GROUP BY e.country;
--> {"country":"BR","total":2.5000}
--> {"country":"IN","total":4.8060}
--> {"country":"US","total":6.0000}
