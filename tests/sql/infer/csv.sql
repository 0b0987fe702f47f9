-- Columns found in CSV files: separators, quotes, header lines, types by a sample; globs and packed files.
DESCRIBE '${DIR}/data/plays.csv';
--| {"op":"+I","row":{"name":"id","type":"BIGINT","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"name","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"price","type":"DOUBLE","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"day","type":"DATE","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"at","type":"TIMESTAMP(3)","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"ok","type":"BOOLEAN","null":true,"key":null,"extras":null,"watermark":null}}
SELECT * FROM '${DIR}/data/plays.csv';
--> {"id":1,"name":"Ana","price":1.5,"day":"2026-05-04","at":"2026-05-04 18:32:11.450","ok":true}
--> {"id":2,"name":"Bo, B.","price":null,"day":"2026-05-05","at":"2026-05-04 18:32:11.000","ok":false}
--> {"id":3,"name":"say \"hi\"","price":2.0,"day":"2026-05-06","at":"2026-05-04 18:32:11.000","ok":true}
SELECT COUNT(*) AS n, SUM(price) AS price FROM '${DIR}/data/plays.csv.gz' WHERE ok;
--> {"n":2,"price":3.5}
DESC '${DIR}/data/semicolon.csv';
--| {"op":"+I","row":{"name":"Track Name","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"Länge","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"note","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"Track Name0","type":"BIGINT","null":true,"key":null,"extras":null,"watermark":null}}
SELECT * FROM '${DIR}/data/semicolon.csv';
--> {"Track Name":"a; b","Länge":"1,5","note":"two\nlines","Track Name0":7}
--> {"Track Name":"c","Länge":null,"note":null,"Track Name0":8}
SELECT `Track Name`, `Länge` FROM '${DIR}/data/semicolon.csv' WHERE `Länge` IS NOT NULL;
--> {"Track Name":"a; b","Länge":"1,5"}
SELECT * FROM '${DIR}/data/tabs.tsv';
--> {"f0":1,"f1":"one","f2":"18:32:11.000"}
--> {"f0":2,"f1":"two","f2":"07:00:00.500"}
DESCRIBE '${DIR}/data/tabs.tsv';
--| {"op":"+I","row":{"name":"f0","type":"BIGINT","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"f1","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"f2","type":"TIME(3)","null":true,"key":null,"extras":null,"watermark":null}}
DESCRIBE '${DIR}/data/types.csv';
--| {"op":"+I","row":{"name":"zip","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"big","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"real","type":"DOUBLE","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"clock","type":"TIME(3)","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"micros","type":"TIMESTAMP(6)","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"zulu","type":"TIMESTAMP_LTZ(3)","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"mixed","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"none","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"iso","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"plus","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"date","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"yes","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
SELECT * FROM '${DIR}/data/types.csv';
--> {"zip":"01234","big":"12345678901234567890","real":1000.0,"clock":"18:32:11.123","micros":"2026-05-04 18:32:11.123456","zulu":"2026-05-04 18:32:11.000","mixed":"1","none":null,"iso":"2026-05-04T18:32:11","plus":"+5","date":"2026-02-30","yes":"yes"}
--> {"zip":"99999","big":"1","real":-2.0,"clock":"00:00:00.000","micros":"2026-05-04 18:32:11.000000","zulu":"2026-05-04 18:32:11.500","mixed":"x","none":null,"iso":"2026-05-04T18:32:11","plus":"6","date":"2026-02-28","yes":"no"}
SELECT * FROM '${DIR}/data/text.csv';
--> {"first":"Ana","last":"Bo"}
--> {"first":"Cy","last":"Di"}
SELECT * FROM '${DIR}/data/text_no_header.csv';
--> {"f0":"Ana","f1":"Ana"}
--> {"f0":"Cy","f1":"Di"}
SELECT alone FROM '${DIR}/data/single.csv';
--> {"alone":1}
--> {"alone":3}
--> {"alone":null}
SELECT b, a FROM '${DIR}/data/mark.csv';
--> {"b":2,"a":1}
DESCRIBE '${DIR}/data/only_header.csv';
--| {"op":"+I","row":{"name":"a","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"b","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
SELECT a FROM '${DIR}/data/only_header.csv';
-- options in a hint are those of the format
SELECT * FROM '${DIR}/data/text.csv' /*+ OPTIONS('csv.field-delimiter' = '|') */;
--> {"first,last":"Ana,Bo"}
--> {"first,last":"Cy,Di"}
SELECT * FROM '${DIR}/data/ragged.csv' /*+ OPTIONS('csv.ignore-parse-errors' = 'true') */;
--> {"a":1,"b":2,"c":3}
--> {"a":4,"b":5,"c":null}
--> {"a":6,"b":7,"c":8}
SELECT * FROM '${DIR}/data/tabs.tsv' /*+ OPTIONS('csv.null-literal' = 'two') */;
--> {"f0":1,"f1":"one","f2":"18:32:11.000"}
--> {"f0":2,"f1":null,"f2":"07:00:00.500"}
-- whether there is a header can be said
SET 'weir.csv.header' = 'false';
SELECT * FROM '${DIR}/data/text.csv';
--> {"f0":"Ana","f1":"Bo"}
--> {"f0":"Cy","f1":"Di"}
--> {"f0":"first","f1":"last"}
SET 'weir.csv.header' = 'true';
SELECT * FROM '${DIR}/data/text_no_header.csv';
--> {"Ana":"Cy","Ana0":"Di"}
CREATE TABLE declared (id INT, title STRING) WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/parts', 'format' = 'csv');
SELECT * FROM declared;
--> {"id":1,"title":"one"}
--> {"id":2,"title":"two"}
--> {"id":3,"title":"three"}
RESET 'weir.csv.header';
-- several files: the first that is not empty tells, and each has the header
SELECT * FROM '${DIR}/data/parts/*.csv';
--> {"id":1,"name":"one"}
--> {"id":2,"name":"two"}
--> {"id":3,"name":"three"}
SELECT p.name, q.`day` FROM '${DIR}/data/parts' AS p JOIN '${DIR}/data/plays.csv' AS q ON p.id = q.id;
--> {"name":"one","day":"2026-05-04"}
--> {"name":"three","day":"2026-05-06"}
--> {"name":"two","day":"2026-05-05"}
-- tables without columns
CREATE TABLE parts WITH ('path' = '${DIR}/data/parts/*.csv');
SELECT parts.name FROM parts WHERE id > 1;
--> {"name":"three"}
--> {"name":"two"}
CREATE TABLE named (file STRING METADATA FROM 'file.name' VIRTUAL, twice AS id * 2)
WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/parts', 'format' = 'csv');
SELECT * FROM named;
--> {"id":1,"name":"one","file":"a.csv","twice":2}
--> {"id":2,"name":"two","file":"a.csv","twice":4}
--> {"id":3,"name":"three","file":"b.csv","twice":6}
CREATE TABLE semicolons WITH ('path' = '${DIR}/data/semicolon.csv');
CREATE TABLE same LIKE semicolons;
SELECT * FROM same;
--> {"Track Name":"a; b","Länge":"1,5","note":"two\nlines","Track Name0":7}
--> {"Track Name":"c","Länge":null,"note":null,"Track Name0":8}
ALTER TABLE semicolons SET ('path' = '${DIR}/data/plays.csv');
SELECT id, ok FROM semicolons;
--> {"id":1,"ok":true}
--> {"id":2,"ok":false}
--> {"id":3,"ok":true}
CREATE VIEW v AS SELECT id FROM '${DIR}/data/plays.csv' UNION ALL SELECT id FROM '${DIR}/data/parts';
SELECT SUM(id) AS s FROM v;
--> {"s":12}
CREATE TABLE copied (id BIGINT, name STRING) WITH ('connector' = 'filesystem', 'path' = '${OUT}/copied', 'format' = 'csv');
INSERT INTO copied SELECT id, name FROM '${DIR}/data/plays.csv';
CREATE TABLE back WITH ('path' = '${OUT}/copied', 'format' = 'csv');
SELECT * FROM back;
--> {"f0":1,"f1":"Ana"}
--> {"f0":2,"f1":"Bo, B."}
--> {"f0":3,"f1":"say \"hi\""}
-- folders NAME=VALUE are columns
DESCRIBE '${DIR}/data/days';
--| {"op":"+I","row":{"name":"id","type":"BIGINT","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"title","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"day","type":"DATE","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"hour","type":"BIGINT","null":true,"key":null,"extras":null,"watermark":null}}
SELECT * FROM '${DIR}/data/days' WHERE `hour` = 2;
--> {"id":42,"title":"x","day":"2026-05-04","hour":2}
--> {"id":52,"title":"x","day":"2026-05-05","hour":2}
SELECT id, `hour` FROM '${DIR}/data/days/day=2026-05-04/*/*.csv';
--> {"id":41,"hour":1}
--> {"id":42,"hour":2}
SELECT * FROM '${DIR}/data/days/day=2026-05-04/hour=1/part.csv';
--> {"id":41,"title":"x"}
CREATE TABLE days PARTITIONED BY (`day`, `hour`) WITH ('path' = '${DIR}/data/days');
SELECT `day`, SUM(`hour`) AS h FROM days GROUP BY `day`;
--> {"day":"2026-05-04","h":3}
--> {"day":"2026-05-05","h":3}
CREATE TABLE some_days PARTITIONED BY (`hour`) WITH ('path' = '${DIR}/data/days/*4');
SELECT * FROM some_days;
--> {"id":41,"title":"x","hour":1}
--> {"id":42,"title":"x","hour":2}
SELECT title, id FROM '${DIR}/data/semicolon.csv' /*+ OPTIONS('csv.quote-character' = '"', 'csv.allow-comments' = 'true', 'csv.escape-character' = '\',
  'csv.ignore-parse-errors' = 'true', 'csv.array-element-delimiter' = '/') */ AS t (title, n, note, id);
--> {"title":"a; b","id":7}
--> {"title":"c","id":8}
