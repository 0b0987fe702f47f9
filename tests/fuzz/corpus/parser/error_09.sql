-- only
;;;