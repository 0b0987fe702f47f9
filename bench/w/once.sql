SET 'table.exec.state.ttl' = '10 min';
SET 'weir.state.ttl-clock' = 'event';
CREATE VIEW once AS SELECT event_id, rt FROM (
  SELECT event_id, rt, ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY rt ASC) AS rn FROM e) WHERE rn = 1;
