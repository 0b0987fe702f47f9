-- modes: straight
-- LIKE takes the columns a connector gives by itself; DESCRIBE shows expressions as they were written.
CREATE TABLE ev (WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH ('connector' = 'playback', 'number-of-rows' = '5');
CREATE TABLE copy WITH ('connector' = 'filesystem', 'path' = '${OUT}/copy', 'format' = 'json') LIKE ev (EXCLUDING OPTIONS);
CREATE TABLE more (h AS UPPER(region)) WITH ('number-of-rows' = '7') LIKE ev;
INSERT INTO copy SELECT * FROM ev;
SELECT COUNT(*) AS n, COUNT(event_id) AS ids FROM copy;
--> {"n":5,"ids":5}
SELECT COUNT(h) AS n FROM more;
--> {"n":7}
DESCRIBE more;
--| {"op":"+I","row":{"name":"event_id","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"event_type","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"user_id","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"device_id","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"device","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"title_id","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"ts","type":"TIMESTAMP_LTZ(3) *ROWTIME*","null":true,"key":null,"extras":null,"watermark":"`ts` - INTERVAL '5' SECOND"}}
--| {"op":"+I","row":{"name":"session_id","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"region","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"quality","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"network","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"is_bot","type":"BOOLEAN","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"app_version","type":"STRING","null":true,"key":null,"extras":null,"watermark":null}}
--| {"op":"+I","row":{"name":"h","type":"STRING","null":true,"key":null,"extras":"AS UPPER(`region`)","watermark":null}}
