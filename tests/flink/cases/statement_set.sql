-- EXECUTE STATEMENT SET: two sinks from one source, and the same sink twice.
CREATE TABLE plays (
    id INT, ts TIMESTAMP(3), user_id STRING, country STRING, secs INT, price DECIMAL(10, 2),
    WATERMARK FOR ts AS ts - INTERVAL '20' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');

CREATE TABLE s1 (id INT, secs INT) WITH ('connector' = 'filesystem', 'path' = '${TMP}/s1', 'format' = 'csv');
CREATE TABLE s2 (country STRING, n BIGINT) WITH ('connector' = 'filesystem', 'path' = '${TMP}/s2', 'format' = 'json');
EXECUTE STATEMENT SET BEGIN
INSERT INTO s1 SELECT id, secs FROM plays WHERE secs > 390;
INSERT INTO s2 SELECT country, COUNT(*) FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '10' MINUTE)) GROUP BY window_start, window_end, country;
INSERT INTO s1 SELECT -id, secs FROM plays WHERE secs < 0;
END;
SELECT * FROM s1;
SELECT * FROM s2;
