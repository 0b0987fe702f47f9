-- Ten million playback events, as a streaming service sends them, into Avro files; and its titles into CSV.
--   weir run examples/playback/generate.sql -D DATA=/tmp/playback [-D EVENTS=10000000]
CREATE TABLE made (
  event_id STRING, event_type STRING, user_id STRING, device_id STRING, device STRING, title_id STRING,
  ts TIMESTAMP_LTZ(3), session_id STRING, region STRING, quality STRING, network STRING, is_bot BOOLEAN,
  app_version STRING
) WITH ('connector' = 'playback', 'shape' = 'event', 'seed' = '1', 'number-of-rows' = '${EVENTS}');

CREATE TABLE made_titles (
  title_id STRING, name STRING, genre STRING, rating STRING, runtime_min INT, valid_from TIMESTAMP_LTZ(3)
) WITH ('connector' = 'playback', 'shape' = 'titles', 'seed' = '1');

CREATE TABLE events WITH ('connector' = 'filesystem', 'path' = '${DATA}/events', 'format' = 'avro',
  'avro.codec' = 'snappy') LIKE made (EXCLUDING OPTIONS);
CREATE TABLE titles WITH ('connector' = 'filesystem', 'path' = '${DATA}/titles', 'format' = 'csv')
  LIKE made_titles (EXCLUDING OPTIONS);

EXECUTE STATEMENT SET BEGIN
  INSERT INTO events SELECT * FROM made;
  INSERT INTO titles SELECT * FROM made_titles;
END;
