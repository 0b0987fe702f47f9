-- An offset as zone: refused here.
SET 'table.local-time-zone' = '+02:00';
SELECT TO_TIMESTAMP_LTZ(0, 3) AS a;
