-- What does not parse.
-- modes: straight
SELECT id FROM t WHERE x = ;
--^ error 42601: the statement ends too early: expected an expression
--^   --> -c:1:26
--^ 1 | SELECT id FROM t WHERE x = ;
--^   |                          ^
SELECT a b c FROM t;
--^ error 42601: syntax error at "c": expected FROM, WHERE, GROUP, ORDER or LIMIT
--^   --> -c:1:12
--^ 1 | SELECT a b c FROM t;
--^   |            ^
SELECT FROM t;
--^ error 42601: syntax error at "FROM": expected an expression
--^   --> -c:1:8
--^ 1 | SELECT FROM t;
--^   |        ^^^^
SELEC 1;
--^ error 42601: syntax error at "SELEC": expected a statement, such as SELECT, INSERT, CREATE, SHOW or SET
--^   --> -c:1:1
--^ 1 | SELEC 1;
--^   | ^^^^^
--^ hint: did you mean SELECT?
SELECT 1 FORM t;
--^ error 42601: syntax error at "FORM": expected FROM
--^   --> -c:1:10
--^ 1 | SELECT 1 FORM t;
--^   |          ^^^^
--^ hint: did you mean FROM?
SELECT * FROM t WHER x = 1;
--^ error 42601: syntax error at "WHER": expected WHERE
--^   --> -c:1:17
--^ 1 | SELECT * FROM t WHER x = 1;
--^   |                 ^^^^
--^ hint: did you mean WHERE?
SELECT * FROM t GROUP x;
--^ error 42601: syntax error at "x": expected BY
--^   --> -c:1:23
--^ 1 | SELECT * FROM t GROUP x;
--^   |                       ^
SELECT (1 + 2;
--^ error 42601: the statement ends too early: expected ")" or ","
--^   --> -c:1:13
--^ 1 | SELECT (1 + 2;
--^   |             ^
--^ hint: the "(" in line 1 is not closed
SELECT 1 + 2);
--^ error 42601: syntax error at ")": expected FROM, WHERE, GROUP, ORDER or LIMIT
--^   --> -c:1:13
--^ 1 | SELECT 1 + 2);
--^   |             ^
--^ hint: there is no "(" for this ")"
CREATE TABLE t (a INT, b STRING;
--^ error 42601: the statement ends too early: expected ")", ",", "(", ARRAY or COMMENT
--^   --> -c:1:26
--^ 1 | CREATE TABLE t (a INT, b STRING;
--^   |                          ^^^^^^
--^ hint: the "(" in line 1 is not closed
CREATE TABLE t (a INT,) WITH ('connector' = 'print');
--^ error 42601: syntax error at ")": expected a name, CONSTRAINT, PRIMARY or WATERMARK
--^   --> -c:1:23
--^ 1 | CREATE TABLE t (a INT,) WITH ('connector' = 'print');
--^   |                       ^
--^ hint: remove the comma before it
INSERT t SELECT 1;
--^ error 42601: syntax error at "t": expected INTO or OVERWRITE
--^   --> -c:1:8
--^ 1 | INSERT t SELECT 1;
--^   |        ^
frobnicate;
--^ error 42601: syntax error at "frobnicate": expected a statement, such as SELECT, INSERT, CREATE, SHOW or SET
--^   --> -c:1:1
--^ 1 | frobnicate;
--^   | ^^^^^^^^^^
SELECT "name" FROM t;
--^ error 42601: double quotes mean nothing in this dialect
--^   --> -c:1:8
--^ 1 | SELECT "name" FROM t;
--^   |        ^
--^ hint: write 'text' for a string and `name` for a name
SELECT a # b;
--^ error 42601: unexpected character "#"
--^   --> -c:1:10
--^ 1 | SELECT a # b;
--^   |          ^
SELECT U&'\12';
--^ error 22007: a bad Unicode escape in the string
--^   --> -c:1:11
--^ 1 | SELECT U&'\12';
--^   |           ^^^
SELECT U&'\D800';
--^ error 22007: not a Unicode character in the string
--^   --> -c:1:11
--^ 1 | SELECT U&'\D800';
--^   |           ^^^^^
SELECT CASE WHEN TRUE THEN 1;
--^ error 42601: the statement ends too early: expected WHEN, ELSE or END
--^   --> -c:1:28
--^ 1 | SELECT CASE WHEN TRUE THEN 1;
--^   |                            ^
SELECT
  country,
  COUNT(*)
FROM plays
GRUOP BY country;
--^ error 42601: syntax error at "GRUOP": expected GROUP
--^   --> -c:5:1
--^ 5 | GRUOP BY country;
--^   | ^^^^^
--^ hint: did you mean GROUP?
SELECT ü, FROM t;
--^ error 42601: syntax error at "FROM": expected an expression
--^   --> -c:1:11
--^ 1 | SELECT ü, FROM t;
--^   |           ^^^^
--^ hint: remove the comma before it
EXPLAIN;
--^ error 42601: the statement ends too early: expected SELECT, WITH, TABLE, "(" or ANALYZE
--^   --> -c:1:1
--^ 1 | EXPLAIN;
--^   | ^^^^^^^
SELECT ? AS a;
--^ error 42000: this ? has no value
--^   --> -c:1:8
--^ 1 | SELECT ? AS a;
--^   |        ^
--^ hint: a program gives it one, in a statement that it has prepared
