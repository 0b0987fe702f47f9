-- Filter, Deduplicate, Enrich, Transform, Window: what a typical job of a streaming service does, in one file that
-- Apache Flink 2.3 runs as it is.
--   weir run examples/playback/plays_per_minute.sql -D DATA=/tmp/playback
SET 'table.local-time-zone' = 'UTC';
SET 'table.exec.state.ttl' = '10 min';     -- a device retries within a minute; ten are plenty
SET 'weir.state.ttl-clock' = 'event';      -- counted in the events' time, so that a replay gives the same

CREATE TABLE events (
  event_id STRING, event_type STRING, user_id STRING, device_id STRING, device STRING, title_id STRING,
  ts TIMESTAMP(3), session_id STRING, region STRING, quality STRING, network STRING, is_bot BOOLEAN,
  app_version STRING,
  sent AS CAST(ts AS TIMESTAMP_LTZ(3)),    -- Flink reads no TIMESTAMP_LTZ from Avro files
  WATERMARK FOR sent AS sent - INTERVAL '60' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/events', 'format' = 'avro');

CREATE TABLE titles (
  title_id STRING, name STRING, genre STRING, rating STRING, runtime_min INT, valid_from TIMESTAMP_LTZ(3),
  WATERMARK FOR valid_from AS valid_from,
  PRIMARY KEY (title_id) NOT ENFORCED
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/titles', 'format' = 'csv');

CREATE TABLE plays_per_minute (
  window_start TIMESTAMP(3), region STRING, device STRING, genre STRING, plays BIGINT
) WITH ('connector' = 'filesystem', 'path' = '${DATA}/plays_per_minute', 'format' = 'csv');

-- Each event once, and no bots.
CREATE VIEW clean AS
SELECT event_id, event_type, device, title_id, sent, region FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY sent ASC) AS rn FROM events WHERE NOT is_bot
) WHERE rn = 1;

-- With the genre that the title had then.
CREATE VIEW enriched AS
SELECT e.sent, e.event_type, UPPER(e.region) AS region, e.device, COALESCE(t.genre, 'unknown') AS genre
FROM clean AS e LEFT JOIN titles FOR SYSTEM_TIME AS OF e.sent AS t ON e.title_id = t.title_id;

CREATE VIEW counted AS
SELECT window_start, region, device, genre, COUNT(*) AS plays
FROM TABLE(TUMBLE(TABLE enriched, DESCRIPTOR(sent), INTERVAL '60' SECOND))
WHERE event_type = 'play_start'
GROUP BY window_start, window_end, region, device, genre;

-- Into files; with --state DIR each row once, whatever happens on the way.
INSERT INTO plays_per_minute SELECT * FROM counted;

SELECT genre, SUM(plays) AS plays FROM plays_per_minute GROUP BY genre;
