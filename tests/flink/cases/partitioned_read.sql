-- PARTITIONED BY: partition columns come from folder names; conditions on them; a whole folder.
CREATE TABLE parts (id INT, s STRING, `day` STRING) PARTITIONED BY (`day`)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/parts', 'format' = 'csv');
SELECT * FROM parts;
SELECT id FROM parts WHERE `day` = '2026-05-05';
SELECT `day`, COUNT(*) AS n FROM parts GROUP BY `day`;
CREATE TABLE dated (id INT, s STRING, `day` DATE) PARTITIONED BY (`day`)
WITH ('connector' = 'filesystem', 'path' = '${DATA}/parts', 'format' = 'csv');
SELECT * FROM dated WHERE `day` > DATE '2026-05-04';
