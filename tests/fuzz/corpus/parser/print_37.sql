SET 'a.b' = 'it''s';
SET 'a.b';
SET execution.checkpointing.interval = 10 s;
SET path=hdfs://a--b/"c";
SET a.b = '3 min';
