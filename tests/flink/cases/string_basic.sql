-- ||, CONCAT, CONCAT_WS, UPPER, LOWER, CHAR_LENGTH, TRIM, REPLACE, POSITION, LPAD.
SELECT
    'a' || 'bc',
    'a' || CAST(NULL AS STRING),
    CONCAT('a', 'b', 'c'),
    CONCAT('a', CAST(NULL AS STRING)),
    CONCAT('a'),
    CONCAT_WS('-', 'a', 'b'),
    CONCAT_WS('-', 'a', CAST(NULL AS STRING), 'b'),
    CONCAT_WS('-', 'a', '', 'b');

SELECT
    CONCAT_WS(CAST(NULL AS STRING), 'a', 'b'),
    CONCAT_WS('-', CAST(NULL AS STRING)),
    CONCAT_WS('-', 'a'),
    CONCAT_WS('-'),
    CONCAT_WS('', 'a', 'b'),
    UPPER(CAST(NULL AS STRING)),
    UPPER(''),
    CHAR_LENGTH('abc');

SELECT
    CHARACTER_LENGTH('漢字'),
    CHAR_LENGTH('😀'),
    CHAR_LENGTH(''),
    CHAR_LENGTH(CAST('a' AS CHAR(5))),
    CHAR_LENGTH('e' || U&'\0301'),
    CHAR_LENGTH(CAST(NULL AS STRING)),
    TRIM('  a b  '),
    TRIM(BOTH FROM '  a  ');

SELECT
    TRIM(LEADING 'x' FROM 'xxaxx'),
    TRIM(TRAILING 'x' FROM 'xxaxx'),
    TRIM(BOTH 'x' FROM 'xxaxx'),
    TRIM('x' FROM 'xxaxx'),
    TRIM(BOTH 'xy' FROM 'xyaxy'),
    TRIM(BOTH 'ab' FROM 'bacab'),
    TRIM(BOTH '' FROM 'aa'),
    TRIM(CAST(NULL AS STRING));

SELECT
    TRIM(E'\t a \n'),
    LTRIM('  a '),
    RTRIM(' a  '),
    LTRIM('xxa', 'x'),
    BTRIM('xaxx', 'x'),
    REPLACE('hello', 'l', 'L'),
    REPLACE('hello', '', '-'),
    REPLACE('hello', 'l', '');

SELECT
    REPLACE('aaa', 'aa', 'b'),
    REPLACE('hello', CAST(NULL AS STRING), 'x'),
    REPLACE('hello', 'x', 'y'),
    POSITION('l' IN 'hello'),
    POSITION('x' IN 'hello'),
    POSITION('' IN 'hello'),
    POSITION('字' IN '漢字'),
    POSITION(CAST(NULL AS STRING) IN 'hello');

SELECT
    POSITION('l' IN CAST(NULL AS STRING)),
    LPAD('hi', 5, '??'),
    LPAD('hi', 1, '??'),
    LPAD('hi', 0, '?'),
    LPAD('hi', 7, 'abc'),
    LPAD('漢', 3, '字'),
    LPAD(CAST(NULL AS STRING), 3, 'x'),
    LPAD('hi', CAST(NULL AS INT), 'x');

SELECT
    RPAD('hi', 5, 'ab'),
    RPAD('hi', 1, 'ab'),
    REPEAT('ab', 3),
    REPEAT('ab', 0),
    REPEAT('ab', -1),
    REVERSE('abc'),
    REVERSE('漢字'),
    LEFT('hello', 2);

SELECT
    LEFT('hello', 0),
    LEFT('hello', -1),
    RIGHT('hello', 2),
    INITCAP('hello wORLD'),
    OVERLAY('abcdef' PLACING 'XX' FROM 3),
    OVERLAY('abcdef' PLACING 'XX' FROM 3 FOR 1),
    INSTR('hello', 'l'),
    LOCATE('l', 'hello');

SELECT
    LOCATE('l', 'hello', 4),
    ASCII('abc'),
    ASCII(''),
    CHR(97),
    CHR(353),
    MD5('a'),
    SHA256('a'),
    TO_BASE64('hello');

SELECT
    FROM_BASE64('aGVsbG8='),
    TRANSLATE('hello', 'el', 'ip'),
    STARTSWITH('hello', 'he'),
    STARTSWITH('hello', ''),
    STARTSWITH('hello', 'hello!'),
    STARTSWITH(CAST(NULL AS STRING), 'a'),
    STARTSWITH('a', CAST(NULL AS STRING)),
    STARTSWITH(X'0102', X'01');

SELECT
    ENDSWITH('hello', 'lo'),
    U&'\00e9',
    E'a\tb',
    'it''s',
    _UTF8'x';

-- These fail.
SELECT 'a' || 1;
SELECT 1 || 'a';
SELECT TRUE || 'x';
SELECT 'a' || DATE '2026-05-04';
SELECT CONCAT('a', 1);
SELECT CONCAT();
SELECT UPPER(1);
SELECT LPAD('hi', 3);
