SELECT JSON_OBJECT('a' VALUE b, key VALUE value, KEY key VALUE value, 'k' : v NULL ON NULL);
SELECT JSON_ARRAYAGG(x ORDER BY y), JSON_STRING(a), IF(a, 1, 2), LEFT(a, 2), RIGHT(a, 2), REPLACE(a, b, c), GROUPING(a), TRUNCATE(a, 1), E();
SELECT `EXTRACT`(a, b), `ROW`(1), `CURRENT_DATE`(), `extract`(1), `count`(*), `TRIM`(DISTINCT a), `FLOOR`(a, b), `position`(a, b);
SELECT value, key, date, user, state, count, year, month, name, type, method, result, language, period, `time`, `timestamp`, `interval`, `order`, `a b`, `x``y`, `1a` FROM t;
SELECT date FROM date WHERE date = DATE '2024-01-01';
