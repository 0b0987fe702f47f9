-- Functions: their arguments when planned, their failures when run.
-- modes: straight
CREATE TABLE e (i INT, b BIGINT, d DOUBLE, m DECIMAL(10, 2), s STRING, t TIMESTAMP(3), z TIMESTAMP_LTZ(3), dt DATE,
  a ARRAY<INT>, bad STRING, zero INT, big BIGINT)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/values.json', 'format' = 'json');
SELECT UPPR(s) FROM e;
--^ error 42883: there is no function 'UPPR'
--^   --> -c:1:8
--^ 1 | SELECT UPPR(s) FROM e;
--^   |        ^^^^^^^
--^ hint: did you mean UPPER?
SELECT NOSUCHFUNCTION(s) FROM e;
--^ error 42883: there is no function 'NOSUCHFUNCTION'
--^   --> -c:1:8
--^ 1 | SELECT NOSUCHFUNCTION(s) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^
SELECT UPPER(i) FROM e;
--^ error 42883: no form of UPPER takes (INT)
--^   --> -c:1:8
--^ 1 | SELECT UPPER(i) FROM e;
--^   |        ^^^^^^^^
--^ hint: it can be called as UPPER(STRING)
SELECT SUBSTRING(s) FROM e;
--^ error 42883: no form of SUBSTRING takes (STRING)
--^   --> -c:1:8
--^ 1 | SELECT SUBSTRING(s) FROM e;
--^   |        ^^^^^^^^^^^^
--^ hint: it can be called as SUBSTRING(STRING, INT [, INT])
SELECT CONCAT_WS() FROM e;
--^ error 42883: no form of CONCAT_WS takes ()
--^   --> -c:1:8
--^ 1 | SELECT CONCAT_WS() FROM e;
--^   |        ^^^^^^^^^^^
--^ hint: it can be called as CONCAT_WS(STRING [, STRING, ...])
SELECT ABS(s) FROM e;
--^ error 42883: no form of ABS takes (STRING)
--^   --> -c:1:8
--^ 1 | SELECT ABS(s) FROM e;
--^   |        ^^^^^^
--^ hint: it can be called as ABS(NUMERIC)
SELECT i / zero FROM e;
--^ error 22012: division by zero
--^   --> -c:1:8
--^ 1 | SELECT i / zero FROM e;
--^   |        ^^^^^^^^
SELECT b / zero FROM e;
--^ error 22012: division by zero
--^   --> -c:1:8
--^ 1 | SELECT b / zero FROM e;
--^   |        ^^^^^^^^
SELECT m / 0 FROM e;
--^ error 22012: division by zero
--^   --> -c:1:8
--^ 1 | SELECT m / 0 FROM e;
--^   |        ^^^^^
SELECT MOD(i, zero) FROM e;
--^ error 22012: division by zero
--^   --> -c:1:8
--^ 1 | SELECT MOD(i, zero) FROM e;
--^   |        ^^^^^^^^^^^^
SELECT CAST(bad AS INT) FROM e;
--^ error 22018: cannot cast 'not a value' to INT
--^   --> -c:1:8
--^ 1 | SELECT CAST(bad AS INT) FROM e;
--^   |        ^^^^^^^^^^^^^^^^
SELECT CAST('x' AS INT);
--^ error 22018: cannot cast 'x' to INT
--^   --> -c:1:8
--^ 1 | SELECT CAST('x' AS INT);
--^   |        ^^^^^^^^^^^^^^^^
SELECT CAST(bad AS BOOLEAN) FROM e;
--^ error 22018: cannot cast 'not a value' to BOOLEAN
--^   --> -c:1:8
--^ 1 | SELECT CAST(bad AS BOOLEAN) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^
SELECT CAST(bad AS DATE) FROM e;
--^ error 22018: cannot cast 'not a value' to DATE
--^   --> -c:1:8
--^ 1 | SELECT CAST(bad AS DATE) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^
SELECT CAST(bad AS TIMESTAMP(3)) FROM e;
--^ error 22018: cannot cast 'not a value' to TIMESTAMP(3)
--^   --> -c:1:8
--^ 1 | SELECT CAST(bad AS TIMESTAMP(3)) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT CAST(bad AS DECIMAL(5, 2)) FROM e;
--^ error 22018: cannot cast 'not a value' to DECIMAL(5, 2)
--^   --> -c:1:8
--^ 1 | SELECT CAST(bad AS DECIMAL(5, 2)) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT CAST(bad AS DOUBLE) FROM e;
--^ error 22018: cannot cast 'not a value' to DOUBLE
--^   --> -c:1:8
--^ 1 | SELECT CAST(bad AS DOUBLE) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^
SELECT CAST('99999999999' AS INT);
--^ error 22003: cannot cast '99999999999' to INT: out of range
--^   --> -c:1:8
--^ 1 | SELECT CAST('99999999999' AS INT);
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT CAST(s AS BINARY(2)) FROM e;
--?
SELECT EXTRACT(FOO FROM t) FROM e;
--^ error 42601: syntax error at "FOO": expected a unit of time
--^   --> -c:1:16
--^ 1 | SELECT EXTRACT(FOO FROM t) FROM e;
--^   |                ^^^
--^ hint: YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND and smaller ones are units of time
SELECT EXTRACT(YEAR FROM s) FROM e;
--^ error 42883: no form of EXTRACT takes (SYMBOL, STRING)
--^   --> -c:1:8
--^ 1 | SELECT EXTRACT(YEAR FROM s) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^
--^ hint: it can be called as EXTRACT(keyword, TEMPORAL), EXTRACT(keyword, INTERVAL)
SELECT FLOOR(t TO DOW) FROM e;
--^ error 42000: FLOOR cannot round a value of this type to DOW
--^   --> -c:1:8
--^ 1 | SELECT FLOOR(t TO DOW) FROM e;
--^   |        ^^^^^^^^^^^^^^^
SELECT TIMESTAMPADD(DOW, 1, t) FROM e;
--^ error 42000: TIMESTAMPADD does not take the unit DOW
--^   --> -c:1:8
--^ 1 | SELECT TIMESTAMPADD(DOW, 1, t) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^
SELECT TIMESTAMPADD(YEAR, 2000000, t) FROM e;
--^ error 22003: the result of TIMESTAMPADD is out of range
--^   --> -c:1:8
--^ 1 | SELECT TIMESTAMPADD(YEAR, 2000000, t) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT TIMESTAMPDIFF(EPOCH, t, t) FROM e;
--^ error 42000: TIMESTAMPDIFF does not take the unit EPOCH
--^   --> -c:1:8
--^ 1 | SELECT TIMESTAMPDIFF(EPOCH, t, t) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT TO_TIMESTAMP_LTZ(b, 12) FROM e;
--^ error 22023: TO_TIMESTAMP_LTZ takes a precision of 0 to 9, not 12
--^   --> -c:1:28
--^ 1 | SELECT TO_TIMESTAMP_LTZ(b, 12) FROM e;
--^   |                            ^^
SELECT TO_TIMESTAMP_LTZ(s, s) FROM e;
--^ error 22023: TO_TIMESTAMP_LTZ cannot read '{"b":1}' as a timestamp
--^   --> -c:1:8
--^ 1 | SELECT TO_TIMESTAMP_LTZ(s, s) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^
SELECT TO_TIMESTAMP_LTZ(bad) FROM e;
--^ error 22023: TO_TIMESTAMP_LTZ cannot read 'not a value' as a timestamp
--^   --> -c:1:8
--^ 1 | SELECT TO_TIMESTAMP_LTZ(bad) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^
SELECT DATE_FORMAT(t, 'yyyy-BB') FROM e;
--^ error 22023: in the date pattern 'yyyy-BB', at 'B': this is not a pattern letter
--^   --> -c:1:23
--^ 1 | SELECT DATE_FORMAT(t, 'yyyy-BB') FROM e;
--^   |                       ^^^^^^^^^
SELECT DATE_FORMAT(t, 'yyyy ''open') FROM e;
--^ error 22023: in the date pattern 'yyyy 'open' a quote is not closed
--^   --> -c:1:23
--^ 1 | SELECT DATE_FORMAT(t, 'yyyy ''open') FROM e;
--^   |                       ^^^^^^^^^^^^^
SELECT DATE_FORMAT(t, 'yyyy]') FROM e;
--^ error 22023: in the date pattern 'yyyy]' a ] stands without its [
--^   --> -c:1:23
--^ 1 | SELECT DATE_FORMAT(t, 'yyyy]') FROM e;
--^   |                       ^^^^^^^
SELECT DATE_FORMAT(t, 'yyyy {') FROM e;
--^ error 22023: in the date pattern 'yyyy {' the character { must be quoted
--^   --> -c:1:23
--^ 1 | SELECT DATE_FORMAT(t, 'yyyy {') FROM e;
--^   |                       ^^^^^^^^
SELECT DATE_FORMAT(t, 'HHH') FROM e;
--^ error 22023: in the date pattern 'HHH', at 'H': at most two of this letter are allowed
--^   --> -c:1:23
--^ 1 | SELECT DATE_FORMAT(t, 'HHH') FROM e;
--^   |                       ^^^^^
SELECT REGEXP_REPLACE(s, '(', 'x') FROM e;
--^ error 22023: the regular expression '(' is not valid: missing closing parenthesis
--^   --> -c:1:26
--^ 1 | SELECT REGEXP_REPLACE(s, '(', 'x') FROM e;
--^   |                          ^^^
SELECT REGEXP_EXTRACT(s, '(?<n', 1) FROM e;
--^ error 22023: the regular expression '(?<n' is not valid: syntax error in subpattern name (missing terminator?)
--^   --> -c:1:26
--^ 1 | SELECT REGEXP_EXTRACT(s, '(?<n', 1) FROM e;
--^   |                          ^^^^^^
SELECT REGEXP(s, '[a-z&&[^b]]') FROM e;
--^ error 0A000: in the regular expression '[a-z&&[^b]]' the intersection && of character classes is not supported
--^   --> -c:1:18
--^ 1 | SELECT REGEXP(s, '[a-z&&[^b]]') FROM e;
--^   |                  ^^^^^^^^^^^^^
SELECT s LIKE 'a#x' ESCAPE '#' FROM e;
--^ error 22023: in the pattern 'a#x' the escape character '#' stands before neither %, _ nor itself
--^   --> -c:1:15
--^ 1 | SELECT s LIKE 'a#x' ESCAPE '#' FROM e;
--^   |               ^^^^^
SELECT s LIKE 'a' ESCAPE '##' FROM e;
--^ error 22023: ESCAPE takes one character, not '##'
--^   --> -c:1:15
--^ 1 | SELECT s LIKE 'a' ESCAPE '##' FROM e;
--^   |               ^^^
SELECT STR_TO_MAP(s, '(', ':') FROM e;
--^ error 22023: the regular expression '(' is not valid: missing closing parenthesis
--^   --> -c:1:22
--^ 1 | SELECT STR_TO_MAP(s, '(', ':') FROM e;
--^   |                      ^^^
SELECT ROW() FROM e;
--^ error 42000: ROW() needs at least one field
--^   --> -c:1:8
--^ 1 | SELECT ROW() FROM e;
--^   |        ^^^^^
SELECT s SIMILAR TO '[' FROM e;
--^ error 22023: the regular expression '[' is not valid: missing terminating ] for character class
--^   --> -c:1:21
--^ 1 | SELECT s SIMILAR TO '[' FROM e;
--^   |                     ^^^
SELECT STR_TO_MAP(s, '(', ':') FROM e;
--^ error 22023: the regular expression '(' is not valid: missing closing parenthesis
--^   --> -c:1:22
--^ 1 | SELECT STR_TO_MAP(s, '(', ':') FROM e;
--^   |                      ^^^
SELECT ROW() FROM e;
--^ error 42000: ROW() needs at least one field
--^   --> -c:1:8
--^ 1 | SELECT ROW() FROM e;
--^   |        ^^^^^
SELECT s SIMILAR TO '[' FROM e;
--^ error 22023: the regular expression '[' is not valid: missing terminating ] for character class
--^   --> -c:1:21
--^ 1 | SELECT s SIMILAR TO '[' FROM e;
--^   |                     ^^^
SELECT s SIMILAR TO '(' FROM e;
--^ error 22023: the regular expression '(' is not valid: missing closing parenthesis
--^   --> -c:1:21
--^ 1 | SELECT s SIMILAR TO '(' FROM e;
--^   |                     ^^^
SELECT JSON_VALUE(s, '$.a[') FROM e;
--^ error 22023: the JSON path '$.a[' is not valid: ] is missing
--^   --> -c:1:22
--^ 1 | SELECT JSON_VALUE(s, '$.a[') FROM e;
--^   |                      ^^^^^^
SELECT JSON_VALUE(s, '$.a[x]') FROM e;
--^ error 22023: the JSON path '$.a[x]' is not valid: [ must be followed by a number, a quoted name or *
--^   --> -c:1:22
--^ 1 | SELECT JSON_VALUE(s, '$.a[x]') FROM e;
--^   |                      ^^^^^^^^
SELECT JSON_VALUE(s, '$.a[?(@.b)]') FROM e;
--^ error 0A000: in the JSON path '$.a[?(@.b)]' filters are not supported yet
--^   --> -c:1:22
--^ 1 | SELECT JSON_VALUE(s, '$.a[?(@.b)]') FROM e;
--^   |                      ^^^^^^^^^^^^^
SELECT JSON_VALUE(s, '$.') FROM e;
--^ error 22023: the JSON path '$.' is not valid: a name is missing
--^   --> -c:1:22
--^ 1 | SELECT JSON_VALUE(s, '$.') FROM e;
--^   |                      ^^^^
SELECT JSON_VALUE(s, '$.a.size()') FROM e;
--^ error 0A000: in the JSON path '$.a.size()' functions are not supported yet
--^   --> -c:1:22
--^ 1 | SELECT JSON_VALUE(s, '$.a.size()') FROM e;
--^   |                      ^^^^^^^^^^^^
SELECT JSON_VALUE(s, '$["a') FROM e;
--^ error 22023: the JSON path '$["a' is not valid: a quote is not closed
--^   --> -c:1:22
--^ 1 | SELECT JSON_VALUE(s, '$["a') FROM e;
--^   |                      ^^^^^^
SELECT JSON_VALUE(s, '$["a","b"]') FROM e;
--^ error 0A000: in the JSON path '$["a","b"]' several names in brackets are not supported yet
--^   --> -c:1:22
--^ 1 | SELECT JSON_VALUE(s, '$["a","b"]') FROM e;
--^   |                      ^^^^^^^^^^^^
SELECT JSON_VALUE(s, '') FROM e;
--^ error 22023: the JSON path '' is not valid: it is empty
--^   --> -c:1:22
--^ 1 | SELECT JSON_VALUE(s, '') FROM e;
--^   |                      ^^
SELECT JSON_VALUE(s, '$[(1+1)]') FROM e;
--^ error 0A000: in the JSON path '$[(1+1)]' expressions in brackets are not supported yet
--^   --> -c:1:22
--^ 1 | SELECT JSON_VALUE(s, '$[(1+1)]') FROM e;
--^   |                      ^^^^^^^^^^
SELECT JSON_VALUE(s, '$[1') FROM e;
--^ error 22023: the JSON path '$[1' is not valid: ] is missing
--^   --> -c:1:22
--^ 1 | SELECT JSON_VALUE(s, '$[1') FROM e;
--^   |                      ^^^^^
SELECT JSON_VALUE(s, '$a') FROM e;
--^ error 22023: the JSON path '$a' is not valid: a step begins with . or [
--^   --> -c:1:22
--^ 1 | SELECT JSON_VALUE(s, '$a') FROM e;
--^   |                      ^^^^
SELECT JSON_EXISTS(s, bad) FROM e;
--^ error 0A000: JSON_EXISTS needs its path as a literal
--^   --> -c:1:23
--^ 1 | SELECT JSON_EXISTS(s, bad) FROM e;
--^   |                       ^^^
SELECT JSON_QUERY(s, '$.a' RETURNING ARRAY<STRING> EMPTY OBJECT ON ERROR) FROM e;
--^ error 22023: an ARRAY cannot be EMPTY OBJECT
--^   --> -c:1:8
--^ 1 | SELECT JSON_QUERY(s, '$.a' RETURNING ARRAY<STRING> EMPTY OBJECT ON ERROR) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT (i, i) OVERLAPS (i, i) FROM e;
--^ error 42804: a period is two times of one type, or a time and an interval, not INT and INT
--^   --> -c:1:8
--^ 1 | SELECT (i, i) OVERLAPS (i, i) FROM e;
--^   |        ^^^^^^
SELECT t OVERLAPS (t, t) FROM e;
--^ error 42000: OVERLAPS compares two periods, each written (start, end)
--^   --> -c:1:8
--^ 1 | SELECT t OVERLAPS (t, t) FROM e;
--^   |        ^
SELECT (i - i) DAY FROM e;
--^ error 42804: the difference in an interval is one of two times, not of INT
--^   --> -c:1:9
--^ 1 | SELECT (i - i) DAY FROM e;
--^   |         ^
SELECT (i + i) DAY FROM e;
--^ error 42601: DAY can follow a difference of two times, as in (a - b) DAY; as a name it needs AS
--^   --> -c:1:16
--^ 1 | SELECT (i + i) DAY FROM e;
--^   |                ^^^
SELECT DATE_FORMAT(t, bad) FROM e;
--^ error 22023: 'not a value' is not a date pattern
--^   --> -c:1:23
--^ 1 | SELECT DATE_FORMAT(t, bad) FROM e;
--^   |                       ^^^
SELECT JSON_VALUE(s, 'lax $.zz' ERROR ON EMPTY) FROM e;
--^ error 22023: JSON_VALUE found nothing at the path, and has ERROR ON EMPTY
--^   --> -c:1:8
--^ 1 | SELECT JSON_VALUE(s, 'lax $.zz' ERROR ON EMPTY) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT JSON_VALUE(bad, 'strict $.a' ERROR ON ERROR) FROM e;
--^ error 22023: JSON_VALUE failed on a value that is not JSON or has nothing fitting at the path, and has ERROR ON ERROR
--^   --> -c:1:8
--^ 1 | SELECT JSON_VALUE(bad, 'strict $.a' ERROR ON ERROR) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT JSON_VALUE(s, '$.a' RETURNING DATE) FROM e;
--^ error 0A000: JSON_VALUE can return STRING, BOOLEAN, INT, BIGINT and DOUBLE, other types are not supported yet
--^   --> -c:1:8
--^ 1 | SELECT JSON_VALUE(s, '$.a' RETURNING DATE) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT JSON_QUERY(s, '$.a' RETURNING ARRAY<INT>) FROM e;
--^ error 0A000: JSON_QUERY can return STRING and ARRAY<STRING>, other types are not supported
--^   --> -c:1:8
--^ 1 | SELECT JSON_QUERY(s, '$.a' RETURNING ARRAY<INT>) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT JSON_OBJECT(KEY CAST(NULL AS STRING) VALUE 1) FROM e;
--^ error 22004: a key of JSON_OBJECT is NULL
--^   --> -c:1:8
--^ 1 | SELECT JSON_OBJECT(KEY CAST(NULL AS STRING) VALUE 1) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT JSON_OBJECT(KEY i VALUE 1) FROM e;
--^ error 42804: a key of JSON_OBJECT must be a string
--^   --> -c:1:24
--^ 1 | SELECT JSON_OBJECT(KEY i VALUE 1) FROM e;
--^   |                        ^
SELECT JSON_ARRAY(JSON(bad)) FROM e;
--^ error 22023: JSON was given 'not a value', which is not JSON
--^   --> -c:1:19
--^ 1 | SELECT JSON_ARRAY(JSON(bad)) FROM e;
--^   |                   ^^^^^^^^^
SELECT JSON_ARRAY(JSON('{')) FROM e;
--^ error 22023: JSON was given '{', which is not JSON
--^   --> -c:1:19
--^ 1 | SELECT JSON_ARRAY(JSON('{')) FROM e;
--^   |                   ^^^^^^^^^
SELECT RAND_INTEGER(-1) FROM e;
--^ error 22023: the bound of RAND_INTEGER must be positive, not -1
--^   --> -c:1:8
--^ 1 | SELECT RAND_INTEGER(-1) FROM e;
--^   |        ^^^^^^^^^^^^^^^^
SELECT a[0] FROM e;
--^ error 22023: the elements of an ARRAY are counted from 1, not 0
--^   --> -c:1:10
--^ 1 | SELECT a[0] FROM e;
--^   |          ^
SELECT ELEMENT(a) FROM e;
--^ error 22023: ELEMENT was given an ARRAY of 2 elements, and takes at most one
--^   --> -c:1:8
--^ 1 | SELECT ELEMENT(a) FROM e;
--^   |        ^^^^^^^^^^
SELECT FROM_BASE64(bad) FROM e;
--^ error 22023: FROM_BASE64 was given 'not a value', which is not Base64
--^   --> -c:1:8
--^ 1 | SELECT FROM_BASE64(bad) FROM e;
--^   |        ^^^^^^^^^^^^^^^^
SELECT REPEAT(s, 1000000000) FROM e;
--^ error 54000: the result of REPEAT would be longer than 64 MiB
--^   --> -c:1:8
--^ 1 | SELECT REPEAT(s, 1000000000) FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^
SELECT LPAD(s, 1000000000, 'x') FROM e;
--^ error 54000: the result of LPAD would be longer than 64 MiB
--^   --> -c:1:8
--^ 1 | SELECT LPAD(s, 1000000000, 'x') FROM e;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^
SELECT CURRENT_WATERMARK(i) FROM e;
--^ error 42804: CURRENT_WATERMARK needs a column that is event time
--^   --> -c:1:26
--^ 1 | SELECT CURRENT_WATERMARK(i) FROM e;
--^   |                          ^
--^ hint: a column is that if its table declares a WATERMARK for it
SELECT CHR(-1) FROM e;
--?
SELECT OVERLAY('abc' PLACING 'x') FROM e;
--^ error 42601: syntax error at ")": expected FROM
--^   --> -c:1:33
--^ 1 | SELECT OVERLAY('abc' PLACING 'x') FROM e;
--^   |                                 ^
SELECT TRIM(LEFT 'a' FROM s) FROM e;
--^ error 42601: syntax error at "LEFT": expected an expression
--^   --> -c:1:13
--^ 1 | SELECT TRIM(LEFT 'a' FROM s) FROM e;
--^   |             ^^^^
--^ hint: LEFT is a reserved word: to use it as a name, write `LEFT`
SELECT COALESCE() FROM e;
--^ error 42883: no form of COALESCE takes ()
--^   --> -c:1:8
--^ 1 | SELECT COALESCE() FROM e;
--^   |        ^^^^^^^^^^
--^ hint: it can be called as COALESCE(W, ...)
SELECT COALESCE(i, a) FROM e;
--^ error 42883: no form of COALESCE takes (INT, ARRAY<INT>)
--^   --> -c:1:8
--^ 1 | SELECT COALESCE(i, a) FROM e;
--^   |        ^^^^^^^^^^^^^^
--^ hint: it can be called as COALESCE(W, ...)
SELECT IF(i, 1, 2) FROM e;
--^ error 42883: no form of IF takes (INT, INT, INT)
--^   --> -c:1:8
--^ 1 | SELECT IF(i, 1, 2) FROM e;
--^   |        ^^^^^^^^^^^
--^ hint: it can be called as IF(BOOLEAN, T, T)
SELECT NULLIF(i, a) FROM e;
--^ error 42883: no form of NULLIF takes (INT, ARRAY<INT>)
--^   --> -c:1:8
--^ 1 | SELECT NULLIF(i, a) FROM e;
--^   |        ^^^^^^^^^^^^
--^ hint: it can be called as NULLIF(T, T)
SELECT i BETWEEN s AND 3 FROM e;
--^ error 22018: cannot cast '{"b":1}' to DECIMAL(38, 18)
--^   --> -c:1:18
--^ 1 | SELECT i BETWEEN s AND 3 FROM e;
--^   |                  ^
SELECT i IN ('a', a) FROM e;
--^ error 42804: operator = does not take INT and ARRAY<INT>
--^   --> -c:1:8
--^ 1 | SELECT i IN ('a', a) FROM e;
--^   |        ^^^^^^^^^^^^^
SELECT GREATEST(i, a) FROM e;
--^ error 42883: no form of GREATEST takes (INT, ARRAY<INT>)
--^   --> -c:1:8
--^ 1 | SELECT GREATEST(i, a) FROM e;
--^   |        ^^^^^^^^^^^^^^
--^ hint: it can be called as GREATEST(W, ...)
SELECT MAX(a) FROM e;
--^ error 42883: no form of MAX takes (ARRAY<INT>)
--^   --> -c:1:8
--^ 1 | SELECT MAX(a) FROM e;
--^   |        ^^^^^^
--^ hint: it can be called as MAX(ANY)
SELECT AVG(s) FROM e;
--^ error 42883: no form of AVG takes (STRING)
--^   --> -c:1:8
--^ 1 | SELECT AVG(s) FROM e;
--^   |        ^^^^^^
--^ hint: it can be called as AVG(NUMERIC)
