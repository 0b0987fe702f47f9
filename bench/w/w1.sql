SELECT event_id, user_id, title_id, ts FROM e WHERE event_type = 'play_start'
