-- FLOAT and DOUBLE: NaN, infinities, negative zero, mixed types, comparison. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 DOUBLE,
    c1 DOUBLE,
    c2 DOUBLE,
    c3 INT,
    c4 INT,
    c5 DOUBLE,
    c6 DOUBLE,
    c7 INT,
    c8 DECIMAL(2,1),
    c9 DECIMAL(2,1),
    c10 DOUBLE,
    c11 INT,
    c12 DOUBLE,
    c13 INT,
    c14 DOUBLE,
    c15 DOUBLE,
    c16 DOUBLE,
    c17 INT,
    c18 STRING,
    c19 STRING,
    c20 DOUBLE,
    c21 DECIMAL(2,1),
    c22 DOUBLE,
    c23 DECIMAL(2,1),
    c24 DECIMAL(2,1),
    c25 DECIMAL(1,1),
    c26 INT,
    c27 INT,
    c28 INT,
    c29 INT,
    c30 INT,
    c31 DOUBLE,
    c32 DECIMAL(2,1),
    c33 DECIMAL(2,1),
    c34 DOUBLE,
    c35 DECIMAL(2,1),
    c36 DECIMAL(3,1),
    c37 INT,
    c38 DECIMAL(2,1),
    c39 DECIMAL(2,1),
    c40 DECIMAL(2,1),
    c41 DOUBLE,
    c42 DOUBLE,
    c43 DECIMAL(4,3),
    c44 DOUBLE,
    c45 DECIMAL(4,3),
    c46 INT,
    c47 INT,
    c48 INT,
    c49 DECIMAL(7,3),
    c50 DECIMAL(3,2),
    c51 DECIMAL(4,3),
    c52 DECIMAL(4,3),
    c53 DECIMAL(5,3),
    c54 DOUBLE,
    c55 DOUBLE,
    c56 INT,
    c57 INT,
    c58 INT,
    c59 STRING,
    c60 STRING,
    c61 STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_float_arithmetic.json', 'format' = 'json');

SELECT
    c0 + c1,
    c2 / c3,
    c2 / c4,
    c5 / c6,
    c6 / c6,
    CAST(c7 AS FLOAT) / c3,
    CAST(c7 AS FLOAT) / CAST(c4 AS FLOAT),
    CAST(c8 AS FLOAT) + CAST(c9 AS FLOAT)
FROM args;

SELECT
    CAST(c8 AS FLOAT) + c10,
    CAST(c8 AS FLOAT) * c11,
    c12 * c13,
    c14 / c15,
    c16,
    c6 * c17,
    CAST(c18 AS DOUBLE) = CAST(c18 AS DOUBLE),
    CAST(c18 AS DOUBLE) > c2
FROM args;

SELECT
    CAST(c18 AS DOUBLE) < c2,
    CAST(c18 AS DOUBLE) <> c2,
    CAST(c19 AS DOUBLE) > c12,
    c6 = c16,
    CAST(c8 AS FLOAT) = c20,
    CAST(c21 AS FLOAT) = c22,
    c7 = c2,
    c7 = c23
FROM args;

SELECT
    POWER(c11, c13),
    POWER(c24, c25),
    POWER(c26, c2/3),
    POWER(c4, c4),
    SQRT(c11),
    SQRT(c17),
    SQRT(CAST(c27 AS DECIMAL(10,2))),
    LN(c4)
FROM args;

SELECT
    LN(c17),
    LN(c7),
    LOG10(c28),
    LOG2(c29),
    LOG(c29),
    LOG(c11, c29),
    EXP(c7),
    EXP(c30)
FROM args;

SELECT
    ABS(c31),
    CEIL(c32),
    CEIL(c33),
    CEILING(c34),
    FLOOR(c35),
    FLOOR(c33),
    FLOOR(CAST(c35 AS DECIMAL(10,3))),
    CEIL(CAST(c36 AS DECIMAL(3,1)))
FROM args;

SELECT
    FLOOR(c37),
    CEIL(CAST(c38 AS FLOAT)),
    ROUND(c39),
    ROUND(c40),
    ROUND(c41),
    ROUND(c42),
    ROUND(c44, c11),
    ROUND(c46, c47)
FROM args;

SELECT
    ROUND(c48, c47),
    ROUND(c21, c37),
    ROUND(CAST(NULL AS DOUBLE), c7),
    ROUND(c21, CAST(NULL AS INT)),
    ROUND(CAST(c50 AS FLOAT), c7),
    TRUNCATE(c53),
    TRUNCATE(c46, c47),
    TRUNCATE(c54, c11)
FROM args;

SELECT
    SIGN(c40),
    SIGN(c4),
    SIGN(CAST(c3 AS BIGINT)),
    SIGN(c55),
    SIN(c7),
    COS(c7),
    TAN(c7),
    COT(c7)
FROM args;

SELECT
    COT(c4),
    ASIN(c7),
    ASIN(c11),
    ACOS(c7),
    ATAN(c7),
    ATAN2(c7, c17),
    SINH(c7),
    COSH(c7)
FROM args;

SELECT
    TANH(c7),
    RADIANS(c56),
    BIN(c57),
    BIN(c17),
    HEX(c58),
    HEX(c17),
    HEX(c59),
    UNHEX(c60)
FROM args;

SELECT
    UNHEX(c61)
FROM args;

