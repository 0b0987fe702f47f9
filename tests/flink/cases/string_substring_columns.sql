-- SUBSTRING: start 1-based, zero, negative, past the end, negative length, NULL. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 STRING,
    c1 INT,
    c2 INT,
    c3 INT,
    c4 INT,
    c5 INT,
    c6 INT,
    c7 INT,
    c8 INT,
    c9 INT,
    c10 INT,
    c11 INT,
    c12 STRING,
    c13 STRING,
    c14 STRING,
    c15 INT
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_string_substring.json', 'format' = 'json');

SELECT
    SUBSTRING(c0 FROM c1),
    SUBSTRING(c0 FROM c1 FOR c2),
    SUBSTRING(c0, c1),
    SUBSTRING(c0, c1, c2),
    SUBSTRING(c0 FROM c3),
    SUBSTRING(c0 FROM c3 FOR c1),
    SUBSTRING(c0 FROM c4 FOR c1),
    SUBSTRING(c0 FROM c5)
FROM args;

SELECT
    SUBSTRING(c0 FROM c6),
    SUBSTRING(c0 FROM c6 FOR c1),
    SUBSTRING(c0 FROM c7),
    SUBSTRING(c0 FROM c7 FOR c8),
    SUBSTRING(c0 FROM c7 FOR c1),
    SUBSTRING(c0 FROM c8),
    SUBSTRING(c0 FROM c9),
    SUBSTRING(c0 FROM c10 FOR c9)
FROM args;

SELECT
    SUBSTRING(c0 FROM c1 FOR c3),
    SUBSTRING(c0 FROM c1 FOR c5),
    SUBSTRING(c0 FROM c1 FOR c11),
    SUBSTRING(c12 FROM c4),
    SUBSTRING(c13 FROM c1 FOR c1),
    SUBSTRING(c14 FROM c1 FOR c4),
    SUBSTRING(CAST(NULL AS STRING) FROM c4),
    SUBSTRING(c0 FROM CAST(NULL AS INT))
FROM args;

SELECT
    SUBSTRING(c0 FROM c4 FOR CAST(NULL AS INT)),
    SUBSTR(c0, c1),
    SUBSTR(c0, c6, c1)
FROM args;

-- These fail.
SELECT SUBSTRING(c15, c1) FROM args;
