-- Bad JSON fails the job; with ignore-parse-errors the line is dropped.
CREATE TABLE bad (id INT, n STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/bad.json', 'format' = 'json');
SELECT * FROM bad;
CREATE TABLE ok (id INT, n STRING) WITH ('connector' = 'filesystem', 'path' = '${DATA}/bad.json', 'format' = 'json', 'json.ignore-parse-errors' = 'true');
SELECT * FROM ok;
