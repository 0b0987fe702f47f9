-- SIMILAR TO: POSIX classes, escapes, alternatives, patterns that are not valid.
SELECT '5' SIMILAR TO '[[:digit:]]', 'a' SIMILAR TO '[[:ALPHA:]]', 'a' SIMILAR TO '[[:alpha:]]+', '5' SIMILAR TO '[[:DIGIT:]]', ' ' SIMILAR TO '[[:SPACE:]]', 'x' SIMILAR TO '[[:ALNUM:]]', 'X' SIMILAR TO '[[:UPPER:]]', 'x' SIMILAR TO '[[:LOWER:]]', ' ' SIMILAR TO '[[:WHITESPACE:]]', 'a5' SIMILAR TO '[[:ALPHA:][:DIGIT:]]+', 'a5' SIMILAR TO '[[:ALPHA:]5]+', 'b' SIMILAR TO '[^[:DIGIT:]]', 'b' SIMILAR TO '[^[:DIGIT:]a]';
SELECT 'abc' SIMILAR TO 'a(b|x)c', 'abc' SIMILAR TO 'abc|d', 'd' SIMILAR TO 'abc|d', 'a.c' SIMILAR TO 'a.c', 'abc' SIMILAR TO 'a.c', 'a' SIMILAR TO 'a?', 'aa' SIMILAR TO 'a{2}', 'a-c' SIMILAR TO 'a[a-c^-]c', 'a%' SIMILAR TO 'a!%' ESCAPE '!', 'a^' SIMILAR TO 'a^', 'a\b' SIMILAR TO 'a\b';
CREATE TABLE s (id INT, a STRING, b STRING, n INT) WITH ('connector' = 'filesystem', 'path' = '${DATA}/strings.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT id, a SIMILAR TO '%' || b || '%', a SIMILAR TO '[[:alpha:] ]+', a NOT SIMILAR TO 'h%' FROM s;
SELECT 'a' SIMILAR TO '(';
SELECT 'a' SIMILAR TO '[a';
