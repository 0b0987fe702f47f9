-- One example of each function; docs/functions.md shows them (tools/docs takes the first one that has the name).
-- modes: straight
SELECT 1 = 1.0 AS result;
--> {"result":true}
SELECT 2 <> 3 AS result;
--> {"result":true}
SELECT 1 < 2 AS result;
--> {"result":true}
SELECT 2 <= 2 AS result;
--> {"result":true}
SELECT 3 > 2 AS result;
--> {"result":true}
SELECT 2 >= 3 AS result;
--> {"result":false}
SELECT CAST(NULL AS INT) IS NULL AS result;
--> {"result":true}
SELECT 'a' IS NOT NULL AS result;
--> {"result":true}
SELECT CAST(NULL AS INT) IS DISTINCT FROM 1 AS result;
--> {"result":true}
SELECT CAST(NULL AS INT) IS NOT DISTINCT FROM NULL AS result;
--> {"result":true}
SELECT 2 IN (1, 2, 3) AS result;
--> {"result":true}
SELECT TRUE AND CAST(NULL AS BOOLEAN) AS result;
--> {"result":null}
SELECT TRUE OR CAST(NULL AS BOOLEAN) AS result;
--> {"result":true}
SELECT NOT FALSE AS result;
--> {"result":true}
SELECT (1 = 1) IS TRUE AS result;
--> {"result":true}
SELECT (1 = 2) IS FALSE AS result;
--> {"result":true}
SELECT CAST(NULL AS BOOLEAN) IS NOT TRUE AS result;
--> {"result":true}
SELECT CAST(NULL AS BOOLEAN) IS NOT FALSE AS result;
--> {"result":true}
SELECT 1 + 2 AS result;
--> {"result":3}
SELECT 5 - 7 AS result;
--> {"result":-2}
SELECT 6 * 7 AS result;
--> {"result":42}
SELECT -7 / 2 AS result;
--> {"result":-3}
SELECT -7 % 3 AS result;
--> {"result":-1}
SELECT MOD(-7, 3) AS result;
--> {"result":-1}
SELECT ABS(-3) AS result;
--> {"result":3}
SELECT SIGN(-2.5) AS result;
--> {"result":-1.0}
SELECT CEIL(1.2) AS result;
--> {"result":2}
SELECT CEILING(-1.2) AS result;
--> {"result":-1}
SELECT FLOOR(-1.2) AS result;
--> {"result":-2}
SELECT ROUND(2.5) AS result;
--> {"result":3}
SELECT TRUNCATE(3.1459, 2) AS result;
--> {"result":3.14}
SELECT POWER(2, 10) AS result;
--> {"result":1024.0}
SELECT SQRT(2.25) AS result;
--> {"result":1.5}
SELECT LN(1) AS result;
--> {"result":0.0}
SELECT LOG10(1000) AS result;
--> {"result":3.0}
SELECT LOG2(8) AS result;
--> {"result":3.0}
SELECT LOG(2, 8) AS result;
--> {"result":3.0}
SELECT EXP(0) AS result;
--> {"result":1.0}
SELECT SIN(0) AS result;
--> {"result":0.0}
SELECT SINH(0) AS result;
--> {"result":0.0}
SELECT COS(0) AS result;
--> {"result":1.0}
SELECT COSH(0) AS result;
--> {"result":1.0}
SELECT TAN(0) AS result;
--> {"result":0.0}
SELECT TANH(0) AS result;
--> {"result":0.0}
SELECT COT(1) AS result;
--> {"result":0.6420926159343306}
SELECT ASIN(0) AS result;
--> {"result":0.0}
SELECT ACOS(1) AS result;
--> {"result":0.0}
SELECT ATAN(0) AS result;
--> {"result":0.0}
SELECT ATAN2(0, 1) AS result;
--> {"result":0.0}
SELECT DEGREES(PI()) AS result;
--> {"result":180.0}
SELECT RADIANS(180) AS result;
--> {"result":3.141592653589793}
SELECT PI() AS result;
--> {"result":3.141592653589793}
SELECT E() AS result;
--> {"result":2.718281828459045}
SELECT RAND() AS result;
--?
SELECT RAND_INTEGER(10) AS result;
--?
SELECT UUID() AS result;
--?
SELECT BIN(10) AS result;
--> {"result":"1010"}
SELECT HEX('Abc') AS result;
--> {"result":"416263"}
SELECT UNHEX('416263') AS result;
--> {"result":"QWJj"}
SELECT GREATEST(1, 3, 2) AS result;
--> {"result":3}
SELECT LEAST(1, 3, 2) AS result;
--> {"result":1}
SELECT TYPEOF(1.50) AS result;
--> {"result":"DECIMAL(3, 2) NOT NULL"}
SELECT IS_VALID_UTF8(X'C3A9') AS result;
--> {"result":true}
SELECT MAKE_VALID_UTF8(X'41FF') AS result;
--> {"result":"A�"}
SELECT COALESCE(CAST(NULL AS INT), 2) AS result;
--> {"result":2}
SELECT IFNULL(CAST(NULL AS INT), 2) AS result;
--> {"result":2}
SELECT NULLIF(1, 1) AS result;
--> {"result":null}
SELECT IF(1 < 2, 'yes', 'no') AS result;
--> {"result":"yes"}
SELECT IS_ALPHA('abc') AS result;
--> {"result":true}
SELECT IS_DECIMAL('1.5') AS result;
--> {"result":true}
SELECT IS_DIGIT('123') AS result;
--> {"result":true}
SELECT PROCTIME() AS result;
--?
SELECT CURRENT_TIMESTAMP AS result;
--?
SELECT NOW() AS result;
--?
SELECT CURRENT_ROW_TIMESTAMP() AS result;
--?
SELECT LOCALTIMESTAMP AS result;
--?
SELECT CURRENT_DATE AS result;
--?
SELECT CURRENT_TIME AS result;
--?
SELECT LOCALTIME AS result;
--?
SELECT UNIX_TIMESTAMP() AS result;
--?
CREATE TABLE timed (ts TIMESTAMP(3), WATERMARK FOR ts AS ts) WITH ('connector' = 'filesystem', 'path' = '${DIR}/../data/events.csv', 'format' = 'csv');
SELECT CURRENT_WATERMARK(ts) AS result FROM timed /*+ OPTIONS('path' = '${DIR}/../data/empty.csv') */;
-->
SELECT EXTRACT(WEEK FROM DATE '2024-05-06') AS result;
--> {"result":19}
SELECT YEAR(DATE '2024-05-06') AS result;
--> {"result":2024}
SELECT QUARTER(DATE '2024-05-06') AS result;
--> {"result":2}
SELECT MONTH(DATE '2024-05-06') AS result;
--> {"result":5}
SELECT WEEK(DATE '2024-05-06') AS result;
--> {"result":19}
SELECT DAYOFYEAR(DATE '2024-05-06') AS result;
--> {"result":127}
SELECT DAYOFMONTH(DATE '2024-05-06') AS result;
--> {"result":6}
SELECT DAYOFWEEK(DATE '2024-05-05') AS result;
--> {"result":1}
SELECT HOUR(TIMESTAMP '2024-05-06 18:32:11') AS result;
--> {"result":18}
SELECT MINUTE(TIMESTAMP '2024-05-06 18:32:11') AS result;
--> {"result":32}
SELECT SECOND(TIMESTAMP '2024-05-06 18:32:11') AS result;
--> {"result":11}
SELECT FLOOR(TIMESTAMP '2024-05-06 18:32:11' TO HOUR) AS result;
--> {"result":"2024-05-06 18:00:00"}
SELECT CEIL(TIMESTAMP '2024-05-06 18:32:11' TO HOUR) AS result;
--> {"result":"2024-05-06 19:00:00"}
SELECT TIMESTAMPADD(DAY, 3, TIMESTAMP '2024-05-06 18:32:11') AS result;
--> {"result":"2024-05-09 18:32:11"}
SELECT TIMESTAMPDIFF(HOUR, TIMESTAMP '2024-05-06 18:32:11', TIMESTAMP '2024-05-07 18:00:00') AS result;
--> {"result":23}
SELECT TO_TIMESTAMP('06.05.2024 18:32', 'dd.MM.yyyy HH:mm') AS result;
--> {"result":"2024-05-06 18:32:00.000"}
SELECT TO_TIMESTAMP_LTZ(1715020331, 0) AS result;
--> {"result":"2024-05-06 18:32:11.000"}
SELECT TO_DATE('2024-05-06') AS result;
--> {"result":"2024-05-06"}
SELECT DATE_FORMAT(TIMESTAMP '2024-05-06 18:32:11', 'yyyyMMdd-HHmm') AS result;
--> {"result":"20240506-1832"}
SELECT FROM_UNIXTIME(1715020331) AS result;
--> {"result":"2024-05-06 18:32:11"}
SELECT CONVERT_TZ('2024-05-06 18:32:11', 'UTC', 'Asia/Kolkata') AS result;
--> {"result":"2024-05-07 00:02:11"}
SELECT 'a' || 'b' AS result;
--> {"result":"ab"}
SELECT CONCAT('a', 'b', 'c') AS result;
--> {"result":"abc"}
SELECT CONCAT_WS('-', 'a', CAST(NULL AS STRING), 'c') AS result;
--> {"result":"a-c"}
SELECT UPPER('abc') AS result;
--> {"result":"ABC"}
SELECT LOWER('ABC') AS result;
--> {"result":"abc"}
SELECT INITCAP('live event') AS result;
--> {"result":"Live Event"}
SELECT CHAR_LENGTH('Zoë') AS result;
--> {"result":3}
SELECT CHARACTER_LENGTH('Zoë') AS result;
--> {"result":3}
SELECT SUBSTRING('streaming', 1, 6) AS result;
--> {"result":"stream"}
SELECT SUBSTR('streaming', -3) AS result;
--> {"result":"ing"}
SELECT LEFT('stream', 2) AS result;
--> {"result":"st"}
SELECT RIGHT('stream', 2) AS result;
--> {"result":"am"}
SELECT TRIM(BOTH 'x' FROM 'xxaxx') AS result;
--> {"result":"a"}
SELECT LTRIM('  a') AS result;
--> {"result":"a"}
SELECT RTRIM('a  ') AS result;
--> {"result":"a"}
SELECT BTRIM('xax', 'x') AS result;
--> {"result":"a"}
SELECT POSITION('m' IN 'stream') AS result;
--> {"result":6}
SELECT LOCATE('m', 'stream') AS result;
--> {"result":6}
SELECT INSTR('stream', 'm') AS result;
--> {"result":6}
SELECT STARTSWITH('stream', 'st') AS result;
--> {"result":true}
SELECT ENDSWITH('stream', 'am') AS result;
--> {"result":true}
SELECT LPAD('7', 3, '0') AS result;
--> {"result":"007"}
SELECT RPAD('7', 3, '0') AS result;
--> {"result":"700"}
SELECT REPEAT('ab', 2) AS result;
--> {"result":"abab"}
SELECT REVERSE('abc') AS result;
--> {"result":"cba"}
SELECT REPLACE('banana', 'an', 'o') AS result;
--> {"result":"booa"}
SELECT OVERLAY('abcdef' PLACING 'x' FROM 2 FOR 3) AS result;
--> {"result":"axef"}
SELECT TRANSLATE('abc', 'ab', 'xy') AS result;
--> {"result":"xyc"}
SELECT SPLIT_INDEX('a,b,c', ',', 1) AS result;
--> {"result":"b"}
SELECT ASCII('A') AS result;
--> {"result":65}
SELECT CHR(65) AS result;
--> {"result":"A"}
SELECT ELT(2, 'a', 'b') AS result;
--> {"result":"b"}
SELECT TO_BASE64('abc') AS result;
--> {"result":"YWJj"}
SELECT FROM_BASE64('YWJj') AS result;
--> {"result":"abc"}
SELECT URL_ENCODE('a b&c') AS result;
--> {"result":"a+b%26c"}
SELECT URL_DECODE('a+b%26c') AS result;
--> {"result":"a b&c"}
SELECT PARSE_URL('http://h.net/p?q=1', 'QUERY', 'q') AS result;
--> {"result":"1"}
SELECT MD5('abc') AS result;
--> {"result":"900150983cd24fb0d6963f7d28e17f72"}
SELECT SHA1('abc') AS result;
--> {"result":"a9993e364706816aba3e25717850c26c9cd0d89d"}
SELECT SHA224('abc') AS result;
--> {"result":"23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"}
SELECT SHA256('abc') AS result;
--> {"result":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}
SELECT SHA384('abc') AS result;
--> {"result":"cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"}
SELECT SHA512('abc') AS result;
--> {"result":"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"}
SELECT SHA2('abc', 256) AS result;
--> {"result":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}
SELECT 'stream' LIKE 'st%' AS result;
--> {"result":true}
SELECT 'stream' SIMILAR TO '(st|cr)[a-z]+' AS result;
--> {"result":true}
SELECT REGEXP('a12', '[0-9]+') AS result;
--> {"result":true}
SELECT RLIKE('a12', '^[0-9]+$') AS result;
--> {"result":false}
SELECT REGEXP_EXTRACT('a12b3', '[a-z]([0-9]+)', 1) AS result;
--> {"result":"12"}
SELECT REGEXP_EXTRACT_ALL('a12b3', '[a-z]([0-9]+)', 1) AS result;
--> {"result":["12","3"]}
SELECT REGEXP_SUBSTR('a12b3', '[0-9]+') AS result;
--> {"result":"12"}
SELECT REGEXP_INSTR('a12b3', '[0-9]+') AS result;
--> {"result":2}
SELECT REGEXP_COUNT('a12b3', '[0-9]+') AS result;
--> {"result":2}
SELECT REGEXP_REPLACE('a12b3', '[0-9]+', '#') AS result;
--> {"result":"a#b#"}
SELECT JSON_VALUE('{"a":{"b":7}}', '$.a.b' RETURNING INT) AS result;
--> {"result":7}
SELECT JSON_QUERY('{"a":[1,2]}', '$.a') AS result;
--> {"result":"[1,2]"}
SELECT JSON_EXISTS('{"a":1}', '$.b') AS result;
--> {"result":false}
SELECT '{"a":1}' IS JSON AS result;
--> {"result":true}
SELECT '[1]' IS JSON ARRAY AS result;
--> {"result":true}
SELECT '{}' IS JSON OBJECT AS result;
--> {"result":true}
SELECT '1' IS JSON SCALAR AS result;
--> {"result":true}
SELECT 'x' IS JSON VALUE AS result;
--> {"result":false}
SELECT JSON_STRING(ARRAY[1, 2]) AS result;
--> {"result":"[1,2]"}
SELECT JSON_OBJECT('a' VALUE 1, 'b' VALUE 'x') AS result;
--> {"result":"{\"a\":1,\"b\":\"x\"}"}
SELECT JSON_ARRAY(1, 'x', TRUE) AS result;
--> {"result":"[1,\"x\",true]"}
SELECT JSON_OBJECT('a' VALUE JSON('{"b":1}')) AS result;
--> {"result":"{\"a\":{\"b\":1}}"}
SELECT JSON_QUOTE('a"b') AS result;
--> {"result":"\"a\\\"b\""}
SELECT JSON_UNQUOTE('"a"') AS result;
--> {"result":"a"}
SELECT ROW(1, 'a') AS result;
--> {"result":{"EXPR$0":1,"EXPR$1":"a"}}
SELECT ARRAY[1, 2, 3] AS result;
--> {"result":[1,2,3]}
SELECT MAP['a', 1, 'b', 2] AS result;
--> {"result":{"a":1,"b":2}}
SELECT ARRAY['a', 'b'][2] AS result;
--> {"result":"b"}
SELECT CARDINALITY(ARRAY[1, 2]) AS result;
--> {"result":2}
SELECT ELEMENT(ARRAY[7]) AS result;
--> {"result":7}
SELECT ARRAY_CONTAINS(ARRAY[1, 2], 2) AS result;
--> {"result":true}
SELECT ARRAY_POSITION(ARRAY['a', 'b'], 'b') AS result;
--> {"result":2}
SELECT ARRAY_REVERSE(ARRAY[1, 2, 3]) AS result;
--> {"result":[3,2,1]}
SELECT ARRAY_APPEND(ARRAY[1], 2) AS result;
--> {"result":[1,2]}
SELECT ARRAY_PREPEND(ARRAY[2], 1) AS result;
--> {"result":[1,2]}
SELECT ARRAY_REMOVE(ARRAY[1, 2, 1], 1) AS result;
--> {"result":[2]}
SELECT ARRAY_SLICE(ARRAY[1, 2, 3, 4], 2, -1) AS result;
--> {"result":[2,3,4]}
SELECT ARRAY_SORT(ARRAY[3, 1, 2]) AS result;
--> {"result":[1,2,3]}
SELECT ARRAY_MAX(ARRAY[3, 1]) AS result;
--> {"result":3}
SELECT ARRAY_MIN(ARRAY[3, 1]) AS result;
--> {"result":1}
SELECT ARRAY_DISTINCT(ARRAY[1, 1, 2]) AS result;
--> {"result":[1,2]}
SELECT ARRAY_UNION(ARRAY[1, 2], ARRAY[2, 3]) AS result;
--> {"result":[1,2,3]}
SELECT ARRAY_EXCEPT(ARRAY[1, 2], ARRAY[2]) AS result;
--> {"result":[1]}
SELECT ARRAY_INTERSECT(ARRAY[1, 2], ARRAY[2, 3]) AS result;
--> {"result":[2]}
SELECT ARRAY_CONCAT(ARRAY[1], ARRAY[2]) AS result;
--> {"result":[1,2]}
SELECT ARRAY_JOIN(ARRAY['a', 'b'], '-') AS result;
--> {"result":"a-b"}
SELECT MAP_KEYS(MAP['a', 1]) AS result;
--> {"result":["a"]}
SELECT MAP_VALUES(MAP['a', 1]) AS result;
--> {"result":[1]}
SELECT MAP_ENTRIES(MAP['a', 1]) AS result;
--> {"result":[{"key":"a","value":1}]}
SELECT MAP_FROM_ARRAYS(ARRAY['a'], ARRAY[1]) AS result;
--> {"result":{"a":1}}
SELECT MAP_UNION(MAP['a', 1], MAP['b', 2]) AS result;
--> {"result":{"a":1,"b":2}}
SELECT STR_TO_MAP('a=1,b=2') AS result;
--> {"result":{"a":"1","b":"2"}}
SELECT SPLIT('a,b', ',') AS result;
--> {"result":["a","b"]}
SELECT COUNT(*) AS result FROM (VALUES (1), (2), (4)) AS t (x);
--> {"result":3}
SELECT SUM(x) AS result FROM (VALUES (1), (2), (4)) AS t (x);
--> {"result":7}
SELECT AVG(x) AS result FROM (VALUES (1), (2), (4)) AS t (x);
--> {"result":2}
SELECT MIN(x) AS result FROM (VALUES (1), (2), (4)) AS t (x);
--> {"result":1}
SELECT MAX(x) AS result FROM (VALUES (1), (2), (4)) AS t (x);
--> {"result":4}
SELECT (TIMESTAMP '2026-05-04 12:00:00' - TIMESTAMP '2026-05-03 10:30:00') DAY TO SECOND AS result;
--> {"result":"+1 01:30:00.000"}
SELECT (DATE '2026-05-04' - DATE '2026-01-04') MONTH AS result;
--> {"result":"+0-04"}
SELECT ENCODE('weir', 'UTF-8') AS result;
--> {"result":"d2Vpcg=="}
SELECT DECODE(X'77656972', 'UTF-8') AS result;
--> {"result":"weir"}
SELECT INET_ATON('10.0.0.1') AS result;
--> {"result":167772161}
SELECT INET_NTOA(167772161) AS result;
--> {"result":"10.0.0.1"}
SELECT PRINTF('%s: %5.2f', 'price', CAST(1.5 AS DOUBLE)) AS result;
--> {"result":"price:  1.50"}
