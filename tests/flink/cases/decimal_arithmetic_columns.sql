-- Precision and scale of + - * / % on DECIMAL, with integers and doubles, and overflow. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 DECIMAL(2,1),
    c1 DECIMAL(3,2),
    c2 DECIMAL(3,2),
    c3 DECIMAL(2,1),
    c4 INT,
    c5 INT,
    c6 INT,
    c7 INT,
    c8 DOUBLE,
    c9 INT,
    c10 DECIMAL(2,1),
    c11 DECIMAL(2,1),
    c12 DECIMAL(1,1),
    c13 DECIMAL(2,1),
    c14 DECIMAL(3,2),
    c15 DECIMAL(1,1),
    c16 DECIMAL(1,1),
    c17 DECIMAL(2,1),
    c18 DECIMAL(3,2),
    c19 DOUBLE,
    c20 DECIMAL(3,2),
    c21 INT
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_decimal_arithmetic.json', 'format' = 'json');

SELECT
    CAST(c0 AS DECIMAL(10,2)) + CAST(c1 AS DECIMAL(10,2)),
    CAST(c0 AS DECIMAL(10,2)) + CAST(c1 AS DECIMAL(5,3)),
    CAST(c0 AS DECIMAL(10,2)) - CAST(c1 AS DECIMAL(5,3)),
    CAST(c0 AS DECIMAL(10,2)) * CAST(c1 AS DECIMAL(5,3)),
    CAST(c0 AS DECIMAL(10,2)) / CAST(c1 AS DECIMAL(5,3)),
    CAST(c0 AS DECIMAL(10,2)) % CAST(c2 AS DECIMAL(5,3)),
    MOD(CAST(c3 AS DECIMAL(10,2)), CAST(c4 AS DECIMAL(5,0))),
    CAST(c0 AS DECIMAL(10,2)) + c5
FROM args;

SELECT
    CAST(c0 AS DECIMAL(10,2)) * c4,
    CAST(c0 AS DECIMAL(10,2)) / c6,
    CAST(c0 AS DECIMAL(10,2)) + CAST(c5 AS TINYINT),
    CAST(c0 AS DECIMAL(10,2)) + CAST(c5 AS SMALLINT),
    CAST(c0 AS DECIMAL(10,2)) + CAST(c5 AS BIGINT),
    CAST(c0 AS DECIMAL(10,2)) * CAST(c7 AS BIGINT),
    CAST(c0 AS DECIMAL(10,2)) / CAST(c7 AS BIGINT),
    CAST(c0 AS DECIMAL(10,2)) + c8
FROM args;

SELECT
    CAST(c0 AS DECIMAL(10,2)) + CAST(c5 AS FLOAT),
    CAST(c0 AS DECIMAL(38,10)) + CAST(c5 AS DECIMAL(38,10)),
    CAST(c0 AS DECIMAL(38,10)) * CAST(c0 AS DECIMAL(38,10)),
    CAST(c0 AS DECIMAL(38,18)) * CAST(c0 AS DECIMAL(38,18)),
    CAST(c5 AS DECIMAL(38,18)) / CAST(c7 AS DECIMAL(38,18)),
    CAST(c5 AS DECIMAL(38,0)) / CAST(c7 AS DECIMAL(38,0)),
    CAST(c5 AS DECIMAL(20,0)) / CAST(c7 AS DECIMAL(20,0)),
    -CAST(c0 AS DECIMAL(10,2))
FROM args;

SELECT
    +CAST(c0 AS DECIMAL(10,2)),
    ABS(CAST(c10 AS DECIMAL(10,2))),
    c11/3,
    c4/3.0,
    c0 + c4,
    c0 * c0,
    c0 / c12,
    c9 / c13
FROM args;

SELECT
    c14 - c6,
    c15 + c16,
    c17 % c4,
    c0 = c18,
    CAST(c0 AS DECIMAL(10,2)) = c19,
    CAST(c0 AS DECIMAL(10,2)) > c5,
    CAST(c0 AS DECIMAL(10,2)) < CAST(c20 AS DECIMAL(20,10))
FROM args;

-- These fail.
SELECT c0 / c21 FROM args;
SELECT CAST(c5 AS DECIMAL(10,2)) / CAST(c21 AS DECIMAL(10,2)) FROM args;
SELECT CAST(c5 AS DECIMAL(10,2)) % CAST(c21 AS DECIMAL(10,2)) FROM args;
