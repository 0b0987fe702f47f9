SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE once, DESCRIPTOR(rt), INTERVAL '60' SECOND))
GROUP BY window_start, window_end
