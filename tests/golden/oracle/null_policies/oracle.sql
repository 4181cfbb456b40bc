select id::text, (jsonb_build_object('sent', city, 'default', coalesce(balance, 0))
    || jsonb_strip_nulls(jsonb_build_object('left_out', city, 'if_empty', balance))
    || case when name is null and active is null then '{}'
            else jsonb_build_object('inner', jsonb_strip_nulls(jsonb_build_object('name', name, 'active', active))) end
    || jsonb_build_object('inner_null', case when name is not null then jsonb_build_object('name', name) end))::text
from hg_oracle.customers
