-- CSV, filter, projection: the first path through all folders.
CREATE TABLE plays (id BIGINT, kind STRING, country STRING, ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/data/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');
SELECT id, country FROM plays WHERE kind = 'play_start' AND id > 3;
--> {"id":4,"country":null}
--> {"id":5,"country":"IN"}
--> {"id":6,"country":"IN"}
--> {"id":8,"country":"IN"}
--> {"id":9,"country":"BR"}
SELECT contry FROM plays;
--! 42703: there is no column 'contry' (did you mean 'country'?)
