-- The narrow playback data (docs/performance.md): ${FILE} in ${FORMAT}, titles beside it, a sink that reads all it gets.
CREATE TABLE e (
  event_id BIGINT, event_type STRING, user_id BIGINT, device STRING, country STRING, title_id INT, ts BIGINT,
  quality STRING, session_id BIGINT,
  rt AS TO_TIMESTAMP_LTZ(ts, 3),
  WATERMARK FOR rt AS rt - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${FILE}', 'format' = '${FORMAT}');
CREATE TABLE titles (title_id INT, name STRING, genre STRING, runtime_min INT)
WITH ('connector' = 'filesystem', 'path' = '${TITLES}', 'format' = 'csv');
