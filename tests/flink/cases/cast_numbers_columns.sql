-- CAST among the number types: narrowing wraps, fractions are cut, DECIMAL rounds half up. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 DECIMAL(2,1),
    c1 DECIMAL(2,1),
    c2 DOUBLE,
    c3 DOUBLE,
    c4 INT,
    c5 INT,
    c6 INT,
    c7 BIGINT,
    c8 DOUBLE,
    c9 DOUBLE,
    c10 DOUBLE,
    c11 STRING,
    c12 STRING,
    c13 DOUBLE,
    c14 DECIMAL(12,1),
    c15 BIGINT,
    c16 INT,
    c17 BIGINT,
    c18 DECIMAL(1,1),
    c19 DOUBLE,
    c20 DECIMAL(4,3),
    c21 DECIMAL(4,3),
    c22 DOUBLE,
    c23 INT,
    c24 DECIMAL(6,3),
    c25 DOUBLE,
    c26 INT,
    c27 DECIMAL(4,3),
    c28 DECIMAL(2,1),
    c29 INT,
    c30 DATE
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_cast_numbers.json', 'format' = 'json');

SELECT
    CAST(c0 AS INT),
    CAST(c1 AS INT),
    CAST(c2 AS INT),
    CAST(c3 AS INT),
    CAST(c4 AS TINYINT),
    CAST(c5 AS TINYINT),
    CAST(c6 AS SMALLINT),
    CAST(c7 AS INT)
FROM args;

SELECT
    CAST(c8 AS INT),
    CAST(c9 AS INT),
    CAST(c10 AS BIGINT),
    CAST(CAST(c11 AS DOUBLE) AS INT),
    CAST(CAST(c12 AS DOUBLE) AS BIGINT),
    CAST(c8 AS TINYINT),
    CAST(c13 AS TINYINT),
    CAST(c14 AS INT)
FROM args;

SELECT
    CAST(c15 AS FLOAT),
    CAST(c16 AS FLOAT),
    CAST(c17 AS DOUBLE),
    CAST(c18 AS FLOAT),
    CAST(CAST(c18 AS FLOAT) AS DOUBLE),
    CAST(c19 AS FLOAT),
    CAST(c20 AS DECIMAL(10,2)),
    CAST(c21 AS DECIMAL(10,2))
FROM args;

SELECT
    CAST(c22 AS DECIMAL(10,2)),
    TRY_CAST(c23 AS DECIMAL(5,2)),
    TRY_CAST(c24 AS DECIMAL(5,2)),
    CAST(c26 AS DECIMAL(10,3)),
    CAST(CAST(c27 AS DECIMAL(10,3)) AS DECIMAL(10,1)),
    CAST(CAST(c27 AS DECIMAL(10,3)) AS BIGINT),
    CAST(CAST(c28 AS DECIMAL(3,1)) AS DOUBLE),
    CAST(CAST(c28 AS DECIMAL(3,1)) AS FLOAT)
FROM args;

-- These fail.
SELECT CAST(c29 AS TIMESTAMP(3)) FROM args;
SELECT CAST(c29 AS DATE) FROM args;
SELECT CAST(c30 AS INT) FROM args;
SELECT CAST(c29 AS BYTES) FROM args;
SELECT CAST(c29 AS ARRAY<INT>) FROM args;
