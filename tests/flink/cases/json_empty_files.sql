-- Empty JSON and CSV files give no rows.
CREATE TABLE e (id INT, n STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/empty.json', 'format' = 'json');
SELECT * FROM e;
CREATE TABLE c (id INT, n STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/empty.csv', 'format' = 'csv');
SELECT * FROM c;
SELECT e.id FROM e JOIN c ON e.id = c.id;
