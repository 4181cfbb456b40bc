select id::text, json_build_object('greeting', 'Dear ' || name || ', #' || id || ' {at} ' || city || '!',
    'amounts', coalesce(balance || '/' || active || '/' || birthday, 'unknown'), 'none', 'no column')::text
from hg_oracle.customers
