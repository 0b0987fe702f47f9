-- CAST among BOOLEAN, strings and numbers. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 STRING,
    c1 STRING,
    c2 STRING,
    c3 STRING,
    c4 STRING,
    c5 STRING,
    c6 STRING,
    c7 STRING,
    c8 STRING,
    c9 STRING,
    c10 STRING,
    c11 STRING,
    c12 STRING,
    c13 STRING,
    c14 STRING,
    c15 STRING,
    c16 INT,
    c17 INT,
    c18 INT,
    c19 DECIMAL(2,1),
    c20 DOUBLE,
    c21 BOOLEAN,
    c22 BOOLEAN
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_cast_bool.json', 'format' = 'json');

SELECT
    CAST(c0 AS BOOLEAN),
    CAST(c1 AS BOOLEAN),
    CAST(c2 AS BOOLEAN),
    CAST(c3 AS BOOLEAN),
    CAST(c4 AS BOOLEAN),
    CAST(c5 AS BOOLEAN),
    CAST(c6 AS BOOLEAN),
    CAST(c7 AS BOOLEAN)
FROM args;

SELECT
    CAST(c8 AS BOOLEAN),
    CAST(c9 AS BOOLEAN),
    TRY_CAST(c11 AS BOOLEAN),
    TRY_CAST(c12 AS BOOLEAN),
    TRY_CAST(c13 AS BOOLEAN),
    TRY_CAST(c14 AS BOOLEAN),
    CAST(c16 AS BOOLEAN),
    CAST(c17 AS BOOLEAN)
FROM args;

SELECT
    CAST(c18 AS BOOLEAN),
    CAST(c19 AS BOOLEAN),
    CAST(c20 AS BOOLEAN),
    CAST(c21 AS INT),
    CAST(c22 AS BIGINT),
    CAST(c21 AS DOUBLE),
    CAST(c21 AS DECIMAL(3,1)),
    CAST(c21 AS TINYINT)
FROM args;

-- These fail.
SELECT CAST(c10 AS BOOLEAN) FROM args;
SELECT CAST(c15 AS BOOLEAN) FROM args;
SELECT CAST(c21 AS DATE) FROM args;
