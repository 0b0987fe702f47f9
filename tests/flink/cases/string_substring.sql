-- SUBSTRING: start 1-based, zero, negative, past the end, negative length, NULL.
SELECT
    SUBSTRING('hello' FROM 2),
    SUBSTRING('hello' FROM 2 FOR 3),
    SUBSTRING('hello', 2),
    SUBSTRING('hello', 2, 3),
    SUBSTRING('hello' FROM 0),
    SUBSTRING('hello' FROM 0 FOR 2),
    SUBSTRING('hello' FROM 1 FOR 2),
    SUBSTRING('hello' FROM -1);

SELECT
    SUBSTRING('hello' FROM -3),
    SUBSTRING('hello' FROM -3 FOR 2),
    SUBSTRING('hello' FROM -9),
    SUBSTRING('hello' FROM -9 FOR 6),
    SUBSTRING('hello' FROM -9 FOR 2),
    SUBSTRING('hello' FROM 6),
    SUBSTRING('hello' FROM 99),
    SUBSTRING('hello' FROM 5 FOR 99);

SELECT
    SUBSTRING('hello' FROM 2 FOR 0),
    SUBSTRING('hello' FROM 2 FOR -1),
    SUBSTRING('hello' FROM 2 FOR 2147483647),
    SUBSTRING('' FROM 1),
    SUBSTRING('漢字かな' FROM 2 FOR 2),
    SUBSTRING('a😀b' FROM 2 FOR 1),
    SUBSTRING(CAST(NULL AS STRING) FROM 1),
    SUBSTRING('hello' FROM CAST(NULL AS INT));

SELECT
    SUBSTRING('hello' FROM 1 FOR CAST(NULL AS INT)),
    SUBSTR('hello', 2),
    SUBSTR('hello', -3, 2);

-- These fail.
SELECT SUBSTRING(12345, 2);
