-- Columns found in JSON files: all fields of a sample, nested ones, values of several types, forms of timestamps.
DESCRIBE '${DIR}/data/plays.ndjson';
--| {"op":"+I","row":{"name":"id","type":"BIGINT","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"title","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"at","type":"TIMESTAMP_LTZ(3)","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"day","type":"DATE","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"user","type":"ROW<`id` BIGINT, `home` ROW<`city` STRING>, `age` DOUBLE>","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"tags","type":"ARRAY<STRING>","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"n","type":"DOUBLE","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"big","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"mixed","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"any","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"late","type":"BOOLEAN","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"nothing","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"hollow","type":"MAP<STRING NOT NULL, STRING>","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"grid","type":"ARRAY<ARRAY<DOUBLE>>","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"people","type":"ARRAY<ROW<`n` BIGINT, `m` STRING>>","null":true,"key":null,"extras":null,"watermark":null}}
SELECT * FROM '${DIR}/data/plays.ndjson';
--> {"id":1,"title":"Ana","at":"2026-05-04 18:32:11.452","day":"2026-05-04","user":{"id":7,"home":{"city":"Pune"},"age":null},"tags":["a","b"],"n":1.0,"big":"12345678901234567890","mixed":"1","any":"{\"x\":[1,2]}","late":null,"nothing":null,"hollow":null,"grid":null,"people":null}
--> {"id":2,"title":null,"at":"2026-05-04 18:32:12.000","day":null,"user":{"id":8,"home":null,"age":30.5},"tags":[],"n":2.5,"big":null,"mixed":"two","any":"[true]","late":true,"nothing":null,"hollow":null,"grid":null,"people":null}
--> {"id":3,"title":null,"at":null,"day":null,"user":null,"tags":null,"n":null,"big":null,"mixed":"{\"y\":null}","any":null,"late":null,"nothing":null,"hollow":{},"grid":[[1.0,2.0],[3.5]],"people":[{"n":1,"m":null},{"n":null,"m":"x"}]}
SELECT p.id, p.`user`.home.city, CARDINALITY(p.tags) AS tags FROM '${DIR}/data/plays.ndjson' AS p WHERE p.at > TIMESTAMP '2026-05-04 00:00:00';
--> {"id":1,"city":"Pune","tags":2}
--> {"id":2,"city":null,"tags":0}
SHOW CREATE TABLE '${DIR}/data/plays.ndjson';
--?
-- an array of records; timestamps as SQL has them are read as such, ISO ones beside them are text
DESCRIBE '${DIR}/data/list.json';
--| {"op":"+I","row":{"name":"a","type":"BIGINT","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"t","type":"TIMESTAMP(3)","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"u","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"b c","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
SELECT * FROM '${DIR}/data/list.json';
--> {"a":1,"t":"2026-05-04 18:32:11.000","u":"2026-05-04T18:32:11","b c":null}
--> {"a":2,"t":null,"u":"2026-05-04T18:32:12","b c":"x"}
SELECT t, u FROM '${DIR}/data/list.json' /*+ OPTIONS('json.timestamp-format.standard' = 'ISO-8601', 'json.ignore-parse-errors' = 'true') */;
--> {"t":"2026-05-04 18:32:11","u":"2026-05-04 18:32:11.000"}
--> {"t":null,"u":"2026-05-04 18:32:12.000"}
-- objects with very many different keys are maps
DESCRIBE '${DIR}/data/keys.jsonl';
--| {"op":"+I","row":{"name":"id","type":"BIGINT","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"by","type":"MAP<STRING NOT NULL, ROW<`n` BIGINT, `s` STRING>>","null":true,"key":null,"extras":null,"watermark":null}}
SELECT id, CARDINALITY(`by`) AS n, `by`['k1_7'].n AS k FROM '${DIR}/data/keys.jsonl';
--> {"id":0,"n":100,"k":null}
--> {"id":1,"n":100,"k":7}
--> {"id":2,"n":100,"k":null}
-- the first file tells; what others have beside is not read
SELECT * FROM '${DIR}/data/json/*';
--> {"a":1}
--> {"a":2}
CREATE TABLE plays (rt AS CAST(at AS TIMESTAMP_LTZ(3)), WATERMARK FOR rt AS rt - INTERVAL '1' SECOND) WITH ('path' = '${DIR}/data/plays.ndjson');
SELECT id, rt FROM plays;
--> {"id":1,"rt":"2026-05-04 18:32:11.452"}
--> {"id":2,"rt":"2026-05-04 18:32:12.000"}
--> {"id":3,"rt":null}
CREATE TABLE out_ (id BIGINT, city STRING) WITH ('connector' = 'filesystem', 'path' = '${OUT}/out', 'format' = 'json');
INSERT INTO out_ SELECT id, `user`.home.city FROM '${DIR}/data/plays.ndjson';
CREATE TABLE back WITH ('path' = '${OUT}/out', 'format' = 'json');
SELECT * FROM back;
--> {"id":1,"city":"Pune"}
--> {"id":2,"city":null}
--> {"id":3,"city":null}
