select id::text, json_build_object('city', case city when 'Ulm' then to_json('ULM'::text) when 'Köln' then to_json(2)
        else case when city is null then to_json(false) else to_json('other'::text) end end,
    'kept', nullif(city, 'Ulm'), 'flag', case when active then 'yes' when not active then 'no' end)::text
from hg_oracle.customers
