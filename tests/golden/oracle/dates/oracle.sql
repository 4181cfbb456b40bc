select id::text, json_build_object('berlin', to_char(joined at time zone 'Europe/Berlin', 'YYYY-MM-DD HH24:MI:SS'),
    'unix', floor(extract(epoch from joined))::bigint, 'millis', floor(extract(epoch from joined) * 1000)::bigint,
    'local', to_json(seen at time zone 'America/New_York'), 'day', to_char(birthday, 'Dy, FMDD Mon YYYY'),
    'date', seen::date, 'offset', to_char(joined at time zone 'Asia/Kolkata', 'HH24:MI') || ' +05:30')::text
from hg_oracle.customers
