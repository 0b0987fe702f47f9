-- Bad CSV fields fail the job.
CREATE TABLE bad (id INT, n INT, ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DATA}/bad.csv', 'format' = 'csv');
SELECT * FROM bad;
SELECT id FROM bad;
CREATE TABLE gone (id INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/no-such-file.csv', 'format' = 'csv');
SELECT * FROM gone;
