-- INSERT into files and reading them back; partition folders; a statement set with one scan.
CREATE TABLE plays (id BIGINT, kind STRING, country STRING, ts TIMESTAMP(3))
WITH ('connector' = 'filesystem', 'path' = '${DIR}/../first/data/plays.csv', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE copy (id BIGINT, country STRING)
WITH ('connector' = 'filesystem', 'path' = '${OUT}/copy', 'format' = 'csv', 'csv.null-literal' = '');
CREATE TABLE by_country (id BIGINT, country STRING) PARTITIONED BY (country)
WITH ('connector' = 'filesystem', 'path' = '${OUT}/by_country', 'format' = 'csv');
EXECUTE STATEMENT SET BEGIN
  INSERT INTO copy SELECT id, country FROM plays WHERE id > 3;
  INSERT INTO by_country SELECT id, country FROM plays WHERE kind = 'play_start';
END;
SELECT * FROM copy;
--> {"id":4,"country":null}
--> {"id":5,"country":"IN"}
--> {"id":6,"country":"IN"}
--> {"id":7,"country":"BR"}
--> {"id":8,"country":"IN"}
--> {"id":9,"country":"BR"}
SELECT country, COUNT(*) AS n FROM by_country GROUP BY country;
--> {"country":"BR","n":1}
--> {"country":"IN","n":4}
--> {"country":"US","n":1}
--> {"country":null,"n":1}
SET 'execution.runtime-mode' = 'streaming';
INSERT INTO copy SELECT id, kind FROM plays GROUP BY id, kind;
--! WR002
