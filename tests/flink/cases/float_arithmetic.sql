-- FLOAT and DOUBLE: NaN, infinities, negative zero, mixed types, comparison.
SELECT
    0.1e0 + 0.2e0,
    1e0 / 3,
    CAST(1.1 AS FLOAT) * 2,
    1e308 * 10,
    1e-320 / 1e10,
    -0e0,
    0e0 * -1,
    CAST('NaN' AS DOUBLE) = CAST('NaN' AS DOUBLE);

SELECT
    CAST('NaN' AS DOUBLE) > 1e0,
    CAST('NaN' AS DOUBLE) < 1e0,
    CAST('NaN' AS DOUBLE) <> 1e0,
    CAST('Infinity' AS DOUBLE) > 1e308,
    0e0 = -0e0,
    CAST(1.1 AS FLOAT) = 1.1e0,
    CAST(1.5 AS FLOAT) = 1.5e0,
    1 = 1e0;

SELECT
    1 = 1.0,
    POWER(2, 10),
    POWER(2.0, 0.5),
    POWER(-8, 1e0/3),
    POWER(0, 0),
    SQRT(2),
    SQRT(-1),
    SQRT(CAST(4 AS DECIMAL(10,2)));

SELECT
    LN(0),
    LN(-1),
    LN(1),
    LOG10(1000),
    LOG2(8),
    LOG(8),
    LOG(2, 8),
    EXP(1);

SELECT
    EXP(710),
    ABS(-1.5e0),
    ABS(CAST(NULL AS INT)),
    CEIL(1.2),
    CEIL(-1.2),
    CEILING(1.2e0),
    FLOOR(1.7),
    FLOOR(-1.2);

SELECT
    FLOOR(CAST(1.7 AS DECIMAL(10,3))),
    CEIL(CAST(99.9 AS DECIMAL(3,1))),
    FLOOR(5),
    CEIL(CAST(-1.7 AS FLOAT)),
    ROUND(2.5),
    ROUND(-2.5),
    ROUND(2.5e0),
    ROUND(3.5e0);

SELECT
    ROUND(2.345, 2),
    ROUND(2.345e0, 2),
    ROUND(-2.345, 2),
    ROUND(1234, -2),
    ROUND(1250, -2),
    ROUND(1234.567, -2),
    ROUND(1.5, 5),
    ROUND(CAST(NULL AS DOUBLE), 1);

SELECT
    ROUND(1.5, CAST(NULL AS INT)),
    ROUND(CAST(1.25 AS FLOAT), 1),
    TRUNCATE(2.567, 2),
    TRUNCATE(-2.567, 1),
    TRUNCATE(42.324),
    TRUNCATE(1234, -2),
    TRUNCATE(2.567e0, 2),
    SIGN(-2.5);

SELECT
    SIGN(0),
    SIGN(CAST(3 AS BIGINT)),
    SIGN(-2.5e0),
    PI(),
    PI,
    E(),
    SIN(1),
    COS(1);

SELECT
    TAN(1),
    COT(1),
    COT(0),
    ASIN(1),
    ASIN(2),
    ACOS(1),
    ATAN(1),
    ATAN2(1, -1);

SELECT
    SINH(1),
    COSH(1),
    TANH(1),
    DEGREES(PI()),
    RADIANS(180),
    BIN(12),
    BIN(-1),
    HEX(255);

SELECT
    HEX(-1),
    HEX('hello'),
    UNHEX('0AFF'),
    UNHEX('zz');

