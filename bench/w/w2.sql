SELECT window_start, country, device, COUNT(*) AS n
FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(rt), INTERVAL '60' SECOND))
WHERE event_type = 'play_start' GROUP BY window_start, window_end, country, device
