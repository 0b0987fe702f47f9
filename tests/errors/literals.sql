-- Literals and types that are out of their range.
-- modes: straight
SELECT DATE '2024-02-30';
--^ error 22007: '2024-02-30' is not a valid DATE (yyyy-MM-dd)
--^   --> -c:1:8
--^ 1 | SELECT DATE '2024-02-30';
--^   |        ^^^^^^^^^^^^^^^^^
SELECT TIME '25:00:00';
--^ error 22007: '25:00:00' is not a valid TIME (HH:mm:ss)
--^   --> -c:1:8
--^ 1 | SELECT TIME '25:00:00';
--^   |        ^^^^^^^^^^^^^^^
SELECT TIMESTAMP 'yesterday';
--^ error 22007: 'yesterday' is not a valid TIMESTAMP (yyyy-MM-dd HH:mm:ss)
--^   --> -c:1:8
--^ 1 | SELECT TIMESTAMP 'yesterday';
--^   |        ^^^^^^^^^^^^^^^^^^^^^
SELECT INTERVAL 'x' DAY;
--^ error 22007: 'x' is not a valid INTERVAL
--^   --> -c:1:17
--^ 1 | SELECT INTERVAL 'x' DAY;
--^   |                 ^^^
--^ hint: its first field has two digits, unless a precision such as DAY(4) says otherwise
SELECT INTERVAL '1-13' YEAR TO MONTH;
--^ error 22007: '1-13' is not a valid INTERVAL
--^   --> -c:1:17
--^ 1 | SELECT INTERVAL '1-13' YEAR TO MONTH;
--^   |                 ^^^^^^
--^ hint: its first field has two digits, unless a precision such as YEAR(4) says otherwise
SELECT 1234567890123456789012345678901234567890;
--^ error 22007: the number has more than 38 digits
--^   --> -c:1:8
--^ 1 | SELECT 1234567890123456789012345678901234567890;
--^   |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT 1e999;
--^ error 22007: the number is out of range for DOUBLE
--^   --> -c:1:8
--^ 1 | SELECT 1e999;
--^   |        ^^^^^
SELECT X'123';
--^ error 22007: a binary string needs an even number of digits
--^   --> -c:1:8
--^ 1 | SELECT X'123';
--^   |        ^^^^^^
SELECT X'GG';
--^ error 22007: a binary string holds hexadecimal digits only
--^   --> -c:1:8
--^ 1 | SELECT X'GG';
--^   |        ^^^^^
SELECT CAST('a' AS VARCHAR(0));
--^ error 42000: the length of a string type must be between 1 and 2147483647
--^   --> -c:1:20
--^ 1 | SELECT CAST('a' AS VARCHAR(0));
--^   |                    ^^^^^^^^^^
SELECT CAST(1 AS DECIMAL(39, 0));
--^ error 42000: the precision of DECIMAL must be between 1 and 38
--^   --> -c:1:18
--^ 1 | SELECT CAST(1 AS DECIMAL(39, 0));
--^   |                  ^^^^^^^^^^^^^^
SELECT CAST(1 AS DECIMAL(5, 6));
--^ error 42000: the scale of DECIMAL must be between 0 and 5
--^   --> -c:1:18
--^ 1 | SELECT CAST(1 AS DECIMAL(5, 6));
--^   |                  ^^^^^^^^^^^^^
SELECT CAST('x' AS TIMESTAMP(10));
--^ error 42000: the precision of a time type must be between 0 and 9
--^   --> -c:1:20
--^ 1 | SELECT CAST('x' AS TIMESTAMP(10));
--^   |                    ^^^^^^^^^^^^^
SELECT CAST('x' AS TIMESTAMP(3) WITH TIME ZONE);
--^ error 0A000: TIMESTAMP WITH TIME ZONE is not supported yet
--^   --> -c:1:20
--^ 1 | SELECT CAST('x' AS TIMESTAMP(3) WITH TIME ZONE);
--^   |                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^
SELECT CAST('x' AS CHAR(99999999999));
--^ error 22007: 99999999999 is too large here
--^   --> -c:1:25
--^ 1 | SELECT CAST('x' AS CHAR(99999999999));
--^   |                         ^^^^^^^^^^^
SELECT CAST('x' AS INTEGR);
--^ error 0A000: type INTEGR is not supported yet
--^   --> -c:1:20
--^ 1 | SELECT CAST('x' AS INTEGR);
--^   |                    ^^^^^^
SELECT CAST('x' AS MULTISET<INT>);
--^ error 0A000: MULTISET is not supported yet
--^   --> -c:1:20
--^ 1 | SELECT CAST('x' AS MULTISET<INT>);
--^   |                    ^^^^^^^^^^^^^
SELECT CAST('x' AS RAW('a', 'b'));
--^ error 0A000: RAW is not supported yet
--^   --> -c:1:20
--^ 1 | SELECT CAST('x' AS RAW('a', 'b'));
--^   |                    ^^^^^^^^^^^^^
