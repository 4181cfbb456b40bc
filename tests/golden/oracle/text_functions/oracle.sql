select id::text, json_build_object('email', lower(trim(email)), 'shout', upper(email),
    'where', concat_ws(', ', city, region_id, 'EU'), 'first', coalesce(name, city, 'nobody'),
    'plain', lower(regexp_replace(trim(email), '[^A-Za-z]+([a-z0-9])', '_\1', 'g')))::text
from hg_oracle.customers
