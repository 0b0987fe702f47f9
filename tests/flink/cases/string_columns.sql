-- String functions over columns with NULLs, non-ASCII text and emoji.
CREATE TABLE s (id INT, a STRING, b STRING, n INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/strings.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT id, UPPER(a) AS u, LOWER(a) AS l, CHAR_LENGTH(a) AS n, a || b AS c, CONCAT(a, '-', b) AS d, CONCAT_WS('/', a, b) AS e FROM s;
SELECT id, SUBSTRING(a FROM n) AS x, SUBSTRING(a FROM 2 FOR n) AS y, SUBSTRING(a, n, 2) AS z FROM s;
SELECT id, TRIM(a) AS t, TRIM(LEADING FROM a) AS l, TRIM(TRAILING FROM a) AS r, TRIM(BOTH b FROM a) AS bb FROM s;
SELECT id, REPLACE(a, b, '#') AS r, POSITION(b IN a) AS p, SPLIT_INDEX(a, b, 0) AS s0, SPLIT_INDEX(a, b, 1) AS s1 FROM s;
SELECT id, STARTSWITH(a, b) AS sw, a LIKE '%' || b || '%' AS lk, a LIKE '_e%' AS le, a SIMILAR TO '%l+o%' AS si FROM s;
SELECT id, REGEXP_EXTRACT(a, '(\w)(\w)', 2) AS g, REGEXP_REPLACE(a, '[aeiou]', '*') AS r FROM s;
SELECT a, CAST(a AS VARCHAR(3)) AS v, CAST(a AS CHAR(4)) AS c, CAST(a AS BYTES) AS b, TRY_CAST(a AS INT) AS i FROM s;
SELECT id FROM s WHERE a = 'null' OR a IS NULL;
