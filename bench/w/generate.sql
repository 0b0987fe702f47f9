CREATE TABLE made (
  event_id BIGINT, event_type STRING, user_id BIGINT, device STRING, country STRING, title_id INT, ts BIGINT,
  quality STRING, session_id BIGINT
) WITH ('connector' = 'playback', 'shape' = 'w', 'seed' = '1', 'number-of-rows' = '${EVENTS}');
CREATE TABLE made_titles (title_id INT, name STRING, genre STRING, runtime_min INT)
WITH ('connector' = 'playback', 'shape' = 'w-titles', 'seed' = '1');
CREATE TABLE titles WITH ('connector' = 'filesystem', 'path' = '${DIR}/titles', 'format' = 'csv')
  LIKE made_titles (EXCLUDING OPTIONS);
