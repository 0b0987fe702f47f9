-- Type names and their synonyms in CREATE TABLE, as DESCRIBE shows them.
CREATE TABLE t (
    a CHAR, b CHAR(3), c VARCHAR, d VARCHAR(5), e STRING, f BINARY, g BINARY(2), h VARBINARY(3), i BYTES, j BOOLEAN, k DECIMAL, l DECIMAL(5), m DEC(5, 2), n NUMERIC(38, 38),
    o TINYINT, p SMALLINT, q INTEGER, r BIGINT, s FLOAT, t DOUBLE PRECISION, u DATE, v TIME, w TIME(3), x TIMESTAMP, y TIMESTAMP(3) WITHOUT TIME ZONE, z TIMESTAMP(3) WITH LOCAL TIME ZONE,
    aa TIMESTAMP_LTZ, ab ARRAY<INT NOT NULL>, ac INT ARRAY, ad MAP<STRING, ARRAY<INT>>, ae ROW<x INT, y STRING>, af ROW(x INT NOT NULL, y STRING), ai INT NOT NULL, aj MULTISET<STRING>
) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'json');
DESCRIBE t;
CREATE TABLE u2 (a DECIMAL(5, 6)) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'json');
CREATE TABLE u5 (a NOPE) WITH ('connector' = 'filesystem', 'path' = 'x', 'format' = 'json');
