-- JSON values of another kind than the column: numbers and BOOLEANs in STRING columns, strings in number columns, floats in INT.
CREATE TABLE t (id STRING, n STRING, more STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/bad.json', 'format' = 'json', 'json.ignore-parse-errors' = 'true');
SELECT * FROM t;
CREATE TABLE u (id BIGINT, n DOUBLE) WITH ('connector' = 'filesystem', 'path' = '${DATA}/bad.json', 'format' = 'json', 'json.ignore-parse-errors' = 'true');
SELECT * FROM u;
CREATE TABLE v (id INT, n INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/bad.json', 'format' = 'json', 'json.ignore-parse-errors' = 'true');
SELECT * FROM v;
CREATE TABLE w (id INT, amount DECIMAL(10, 2), item STRING, ship STRING, tags STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/orders.json', 'format' = 'json');
SELECT * FROM w WHERE id < 8;
