-- Columns found in Avro files: all types, nested ones, unions; tables named by their path.
DESCRIBE '${DIR}/data/types.avro';
--| {"op":"+I","row":{"name":"flag","type":"BOOLEAN","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"small","type":"INT","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"big","type":"BIGINT","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"part","type":"FLOAT","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"whole","type":"DOUBLE","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"name","type":"STRING","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"blob","type":"BYTES","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"day","type":"DATE","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"clock","type":"TIME(3)","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"clock_micros","type":"TIME(3)","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"at","type":"TIMESTAMP(3)","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"at_micros","type":"TIMESTAMP(6)","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"at_nanos","type":"TIMESTAMP(9)","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"wall","type":"TIMESTAMP(3)","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"price","type":"DECIMAL(10, 2)","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"uuid","type":"STRING","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"kind","type":"STRING","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"hash","type":"VARBINARY(4)","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"maybe","type":"BIGINT","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"tags","type":"ARRAY<STRING>","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"counts","type":"MAP<STRING NOT NULL, INT NOT NULL>","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"user","type":"ROW<`id` BIGINT NOT NULL, `home` STRING>","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"number","type":"DOUBLE","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"nothing","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
SELECT * FROM '${DIR}/data/types.avro';
--> {"flag":false,"small":-7,"big":1099511627776,"part":1.5,"whole":2.25,"name":"Ünder","blob":"AAE=","day":"2026-05-04","clock":"18:32:11.452","clock_micros":"18:32:11.452","at":"2026-05-04 18:32:11.452","at_micros":"2026-05-04 18:32:11.452007","at_nanos":"2026-05-04 18:32:11.452000007","wall":"2026-05-04 18:32:11.452","price":12.34,"uuid":"0c9b","kind":"stop","hash":"YWJjZA==","maybe":null,"tags":[],"counts":{},"user":null,"number":0.5,"nothing":null}
--> {"flag":true,"small":-7,"big":1099511627776,"part":1.5,"whole":2.25,"name":"Ünder","blob":"AAE=","day":"2026-05-04","clock":"18:32:11.452","clock_micros":"18:32:11.452","at":"2026-05-04 18:32:11.452","at_micros":"2026-05-04 18:32:11.452007","at_nanos":"2026-05-04 18:32:11.452000007","wall":"2026-05-04 18:32:11.452","price":12.34,"uuid":"0c9b","kind":"stop","hash":"YWJjZA==","maybe":5,"tags":["new",null],"counts":{"a":1},"user":{"id":9,"home":"IN"},"number":3.0,"nothing":null}
SELECT at, wall FROM '${DIR}/data/types.avro' /*+ OPTIONS('avro.timestamp_mapping.legacy' = 'false') */;
--> {"at":"2026-05-04 18:32:11.452","wall":"2026-05-04 18:32:11.452"}
--> {"at":"2026-05-04 18:32:11.452","wall":"2026-05-04 18:32:11.452"}
SHOW COLUMNS FROM '${DIR}/data/types.avro' LIKE 'at%';
--| {"op":"+I","row":{"name":"at","type":"TIMESTAMP(3)","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"at_micros","type":"TIMESTAMP(6)","null":false,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"at_nanos","type":"TIMESTAMP(9)","null":false,"key":null,"extras":null,"watermark":null}}
SELECT types.`user`.home, t.tags FROM '${DIR}/data/types.avro' AS t JOIN '${DIR}/data/types.avro' ON types.maybe = t.maybe;
--> {"home":"IN","tags":["new",null]}
SELECT kind, COUNT(*) AS n, SUM(price) AS price FROM (SELECT * FROM '${DIR}/data/types.avro') GROUP BY kind;
--> {"kind":"stop","n":2,"price":24.68}
WITH w AS (TABLE '${DIR}/data/types.avro') SELECT maybe FROM w UNION ALL SELECT big FROM '${DIR}/data/types.avro';
--> {"maybe":1099511627776}
--> {"maybe":1099511627776}
--> {"maybe":5}
--> {"maybe":null}
SELECT flag FROM '${DIR}/data/types.avro' WHERE big IN (SELECT big FROM '${DIR}/data/types.avro');
--> {"flag":false}
--> {"flag":true}
CREATE VIEW v AS SELECT at, `number` AS n FROM '${DIR}/data/types.avro';
SELECT * FROM v;
--> {"at":"2026-05-04 18:32:11.452","n":0.5}
--> {"at":"2026-05-04 18:32:11.452","n":3.0}
-- a table without columns has those of its file, and computed columns and a watermark beside them
CREATE TABLE plays (rt AS CAST(at AS TIMESTAMP(3)), WATERMARK FOR rt AS rt) WITH ('path' = '${DIR}/data/types.avro');
SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(rt), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end;
--> {"window_start":"2026-05-04 18:32:00.000","n":2}
CREATE TABLE plays2 (twice AS big * 2) LIKE plays (EXCLUDING GENERATED EXCLUDING WATERMARKS);
SELECT big, twice FROM plays2;
--> {"big":1099511627776,"twice":2199023255552}
--> {"big":1099511627776,"twice":2199023255552}
CREATE TABLE copied (flag BOOLEAN, `user` ROW<id BIGINT, home STRING>) WITH ('connector' = 'filesystem', 'path' = '${OUT}/copied', 'format' = 'json');
INSERT INTO copied SELECT flag, `user` FROM '${DIR}/data/types.avro';
SELECT flag, `user`.id FROM copied;
--> {"flag":false,"id":null}
--> {"flag":true,"id":9}
