-- INSERT INTO a CSV file and back: every simple type, NULLs, quoting, column lists.
CREATE TABLE sink (id INT, s STRING, b BOOLEAN, d DOUBLE, n DECIMAL(10, 2), dt DATE, tm TIME, ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${TMP}/out', 'format' = 'csv', 'csv.null-literal' = 'nil');
INSERT INTO sink VALUES
    (1, 'plain', TRUE, 1.5, 1.50, DATE '2026-05-04', TIME '18:32:11', TIMESTAMP '2026-05-04 18:32:11.452'),
    (2, 'a,b "c"', FALSE, 1e20, -0.01, DATE '0001-01-01', TIME '00:00:00', TIMESTAMP '1970-01-01 00:00:00'),
    (3, CAST(NULL AS STRING), CAST(NULL AS BOOLEAN), CAST(NULL AS DOUBLE), CAST(NULL AS DECIMAL(10, 2)), CAST(NULL AS DATE), CAST(NULL AS TIME), CAST(NULL AS TIMESTAMP(3)));
SELECT * FROM sink;
INSERT INTO sink (s, id) SELECT 'only two', 4;
SELECT id, s, b, n FROM sink;
INSERT INTO sink (id, nope) VALUES (1, 2);
INSERT INTO sink (id) VALUES (1, 2);
INSERT INTO sink VALUES (1, 'too few');
INSERT INTO sink (id) SELECT 'text';
