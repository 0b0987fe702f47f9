-- JSON options: ISO-8601 times, missing fields (NULL, or an error when asked), names in their case.
CREATE TABLE iso (id INT, ts TIMESTAMP(3), tl TIMESTAMP_LTZ(3), b BYTES)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/iso.json', 'format' = 'json', 'json.timestamp-format.standard' = 'ISO-8601');
SELECT * FROM iso;
CREATE TABLE strict (id INT, ts STRING, b STRING)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/iso.json', 'format' = 'json', 'json.fail-on-missing-field' = 'true');
SELECT * FROM strict;
CREATE TABLE sqlform (id INT, ts TIMESTAMP(3)) WITH ('connector' = 'filesystem', 'path' = '${DATA}/iso.json', 'format' = 'json');
SELECT * FROM sqlform;
CREATE TABLE both_set (id INT)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/iso.json', 'format' = 'json', 'json.fail-on-missing-field' = 'true', 'json.ignore-parse-errors' = 'true');
SELECT * FROM both_set;
