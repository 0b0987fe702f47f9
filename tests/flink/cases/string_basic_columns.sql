-- ||, CONCAT, CONCAT_WS, UPPER, LOWER, CHAR_LENGTH, TRIM, REPLACE, POSITION, LPAD. On columns: nothing can be folded while planning.
CREATE TABLE args (
    c0 STRING,
    c1 STRING,
    c2 INT,
    c3 BOOLEAN,
    c4 STRING,
    c5 DATE,
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
    c35 INT,
    c36 STRING,
    c37 INT,
    c38 STRING,
    c39 INT,
    c40 INT,
    c41 INT,
    c42 INT,
    c43 STRING,
    c44 INT,
    c45 STRING,
    c46 STRING,
    c47 STRING,
    c48 INT,
    c49 INT,
    c50 STRING,
    c51 STRING,
    c52 STRING,
    c53 STRING,
    c54 STRING,
    c55 STRING,
    c56 STRING
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/args_string_basic.json', 'format' = 'json');

SELECT
    c0 || c1,
    c0 || CAST(NULL AS STRING),
    CONCAT(c0, c6, c7),
    CONCAT(c0, CAST(NULL AS STRING)),
    CONCAT(c0),
    CONCAT_WS(c8, c0, c6),
    CONCAT_WS(c8, c0, CAST(NULL AS STRING), c6),
    CONCAT_WS(c8, c0, c9, c6)
FROM args;

SELECT
    CONCAT_WS(CAST(NULL AS STRING), c0, c6),
    CONCAT_WS(c8, CAST(NULL AS STRING)),
    CONCAT_WS(c8, c0),
    CONCAT_WS(c8),
    CONCAT_WS(c9, c0, c6),
    UPPER(c10),
    LOWER(c11),
    UPPER(c9)
FROM args;

SELECT
    CHAR_LENGTH(c12),
    CHARACTER_LENGTH(c13),
    CHAR_LENGTH(c14),
    CHAR_LENGTH(c9),
    CHAR_LENGTH(CAST(c0 AS CHAR(5))),
    CHAR_LENGTH(c15 || U&'\0301'),
    TRIM(c16),
    TRIM(BOTH FROM c17)
FROM args;

SELECT
    TRIM(LEADING c4 FROM c18),
    TRIM(TRAILING c4 FROM c18),
    TRIM(BOTH c4 FROM c18),
    TRIM(c4 FROM c18),
    TRIM(BOTH c19 FROM c20),
    TRIM(BOTH c21 FROM c22),
    TRIM(BOTH c9 FROM c23),
    LTRIM(c24)
FROM args;

SELECT
    RTRIM(c25),
    LTRIM(c26, c4),
    BTRIM(c27, c4),
    REPLACE(c28, c29, c30),
    REPLACE(c28, c9, c8),
    REPLACE(c28, c29, c9),
    REPLACE(c31, c23, c6),
    REPLACE(c28, CAST(NULL AS STRING), c4)
FROM args;

SELECT
    REPLACE(c28, c4, c32),
    POSITION(c29 IN c28),
    POSITION(c4 IN c28),
    POSITION(c9 IN c28),
    POSITION(c33 IN c13),
    POSITION(CAST(NULL AS STRING) IN c28),
    POSITION(c29 IN CAST(NULL AS STRING)),
    LPAD(c34, c35, c36)
FROM args;

SELECT
    LPAD(c34, c2, c36),
    LPAD(c34, c37, c38),
    LPAD(c34, c39, c38),
    LPAD(c34, c40, c9),
    LPAD(c34, c41, c9),
    LPAD(c34, c42, c12),
    LPAD(c43, c44, c33),
    LPAD(CAST(NULL AS STRING), c44, c4)
FROM args;

SELECT
    LPAD(c34, CAST(NULL AS INT), c4),
    RPAD(c34, c35, c21),
    RPAD(c34, c2, c21),
    REPEAT(c21, c44),
    REPEAT(c21, c37),
    REPEAT(c21, c39),
    REVERSE(c12),
    REVERSE(c13)
FROM args;

SELECT
    LEFT(c28, c41),
    LEFT(c28, c37),
    LEFT(c28, c39),
    RIGHT(c28, c41),
    INITCAP(c45),
    OVERLAY(c46 PLACING c47 FROM c44),
    OVERLAY(c46 PLACING c47 FROM c44 FOR c2),
    INSTR(c28, c29)
FROM args;

SELECT
    LOCATE(c29, c28),
    LOCATE(c29, c28, c40),
    ASCII(c12),
    ASCII(c9),
    CHR(c48),
    CHR(c49),
    MD5(c0),
    SHA256(c0)
FROM args;

SELECT
    TO_BASE64(c28),
    FROM_BASE64(c50),
    TRANSLATE(c28, c51, c52),
    STARTSWITH(c28, c53),
    STARTSWITH(c28, c9),
    STARTSWITH(c28, c54),
    STARTSWITH(CAST(NULL AS STRING), c0),
    STARTSWITH(c0, CAST(NULL AS STRING))
FROM args;

SELECT
    ENDSWITH(c28, c55),
    c56
FROM args;

-- These fail.
SELECT c0 || c2 FROM args;
SELECT c2 || c0 FROM args;
SELECT c3 || c4 FROM args;
SELECT c0 || c5 FROM args;
SELECT CONCAT(c0, c2) FROM args;
SELECT UPPER(c2) FROM args;
SELECT LPAD(c34, c44) FROM args;
