SELECT window_start, title_id, COUNT(*) AS n
FROM TABLE(HOP(TABLE e, DESCRIPTOR(rt), INTERVAL '10' SECOND, INTERVAL '60' SECOND))
GROUP BY window_start, window_end, title_id
