-- LPAD and characters that are two units of UTF-16, which is what is counted here.
CREATE TABLE s (id INT, a STRING, b STRING, n INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/strings.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT id, LPAD(a, n + 4, b) AS lp FROM s;
