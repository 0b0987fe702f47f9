-- CAST and TRY_CAST of strings to numbers: blanks, signs, exponents, overflow, garbage. On columns: nothing can be folded while planning.
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
    c16 STRING,
    c17 STRING,
    c18 STRING,
    c19 STRING,
    c20 STRING,
    c21 STRING,
    c22 STRING,
    c23 STRING,
    c24 STRING,
    c25 STRING,
    c26 STRING,
    c27 STRING,
    c28 STRING,
    c29 STRING,
    c30 STRING,
    c31 STRING,
    c32 STRING,
    c33 STRING,
    c34 STRING,
    c35 STRING,
    c36 STRING,
    c37 STRING,
    c38 STRING,
    c39 STRING,
    c40 STRING,
    c41 STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_cast_string_number.json', 'format' = 'json');

SELECT
    CAST(c0 AS INT),
    CAST(c1 AS INT),
    CAST(c2 AS INT),
    CAST(c3 AS INT),
    CAST(c4 AS INT),
    CAST(c5 AS INT),
    TRY_CAST(c8 AS INT),
    TRY_CAST(c7 AS INT)
FROM args;

SELECT
    TRY_CAST(c9 AS INT),
    TRY_CAST(c10 AS INT),
    TRY_CAST(c11 AS INT),
    TRY_CAST(c12 AS INT),
    TRY_CAST(c13 AS INT),
    TRY_CAST(c14 AS INT),
    TRY_CAST(c15 AS TINYINT),
    TRY_CAST(c16 AS TINYINT)
FROM args;

SELECT
    TRY_CAST(c17 AS SMALLINT),
    TRY_CAST(c18 AS BIGINT),
    TRY_CAST(c19 AS BIGINT),
    TRY_CAST(c20 AS BIGINT),
    CAST(c21 AS DOUBLE),
    CAST(c22 AS DOUBLE),
    CAST(c6 AS DOUBLE),
    CAST(c11 AS DOUBLE)
FROM args;

SELECT
    CAST(c12 AS DOUBLE),
    TRY_CAST(c23 AS DOUBLE),
    TRY_CAST(c24 AS DOUBLE),
    TRY_CAST(c25 AS DOUBLE),
    TRY_CAST(c26 AS DOUBLE),
    TRY_CAST(c27 AS DOUBLE),
    TRY_CAST(c28 AS DOUBLE),
    TRY_CAST(c29 AS DOUBLE)
FROM args;

SELECT
    TRY_CAST(c30 AS DOUBLE),
    TRY_CAST(c7 AS DOUBLE),
    TRY_CAST(c31 AS DOUBLE),
    TRY_CAST(c32 AS FLOAT),
    CAST(c33 AS FLOAT),
    CAST(c34 AS DECIMAL(10,2)),
    CAST(c35 AS DECIMAL(10,2)),
    CAST(c36 AS DECIMAL(10,2))
FROM args;

SELECT
    CAST(c37 AS DECIMAL(10,2)),
    CAST(c38 AS DECIMAL(10,2)),
    TRY_CAST(c39 AS DECIMAL(4,2)),
    TRY_CAST(c8 AS DECIMAL(4,2)),
    TRY_CAST(c7 AS DECIMAL(4,2)),
    TRY_CAST(c11 AS DECIMAL(4,2)),
    TRY_CAST(c12 AS DECIMAL(4,2)),
    CAST(c41 AS DECIMAL)
FROM args;

-- These fail.
SELECT CAST(c6 AS INT) FROM args;
SELECT CAST(c7 AS INT) FROM args;
SELECT CAST(c8 AS INT) FROM args;
SELECT CAST(c9 AS INT) FROM args;
SELECT CAST(c39 AS DECIMAL(4,2)) FROM args;
