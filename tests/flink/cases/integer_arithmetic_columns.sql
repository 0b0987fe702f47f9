-- Integer + - * / % and MOD: result types, wrap-around, division by zero. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 INT,
    c1 INT,
    c2 INT,
    c3 INT,
    c4 INT,
    c5 INT,
    c6 INT,
    c7 INT,
    c8 INT,
    c9 INT,
    c10 BIGINT,
    c11 INT,
    c12 INT,
    c13 INT,
    c14 INT,
    c15 DECIMAL(2,1),
    c16 DOUBLE,
    c17 DOUBLE,
    c18 STRING,
    c19 BOOLEAN,
    c20 INT,
    c21 INT
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_integer_arithmetic.json', 'format' = 'json');

SELECT
    c0/2,
    c1/2,
    c0/-2,
    c0 % c2,
    c1 % c2,
    c0 % c3,
    MOD(c1,c4),
    MOD(c0,c5)
FROM args;

SELECT
    c8 + c6,
    c9 - c6,
    c8 * c4,
    CAST(c8 AS BIGINT) * c4,
    c10 + c6,
    c10 * c4,
    CAST(c11 AS TINYINT) + CAST(c11 AS TINYINT),
    CAST(c11 AS TINYINT) * CAST(c11 AS TINYINT)
FROM args;

SELECT
    CAST(c12 AS SMALLINT) + CAST(c12 AS SMALLINT),
    CAST(c11 AS TINYINT) + CAST(c6 AS SMALLINT),
    CAST(c11 AS TINYINT) + c6,
    CAST(c6 AS SMALLINT) + CAST(c6 AS BIGINT),
    CAST(c13 AS TINYINT) / CAST(c14 AS TINYINT),
    -(c9),
    c9 / c14,
    - CAST(c13 AS TINYINT)
FROM args;

SELECT
    ABS(c9),
    ABS(CAST(c13 AS TINYINT)),
    MOD(CAST(c0 AS BIGINT), c2),
    MOD(c0, CAST(c2 AS BIGINT)),
    MOD(CAST(c0 AS TINYINT), CAST(c2 AS SMALLINT)),
    MOD(c15, c4),
    c6 + CAST(NULL AS INT),
    CAST(NULL AS INT) / c7
FROM args;

SELECT
    c6 - c14,
    c4 + c2 * c20 - c21 / c4,
    (c4 + c2) * c20
FROM args;

-- These fail.
SELECT c6/0 FROM args;
SELECT c6 % c7 FROM args;
SELECT MOD(c6, c7) FROM args;
SELECT c6 + c18 FROM args;
SELECT c18 * c2 FROM args;
SELECT c6 + c19 FROM args;
