select id::text, (jsonb_build_object('region', label, 'country', coalesce(country, '?'), 'name', name)
    || case when r.region_id is null then '{}' else jsonb_build_object('only_there', label) end)::text
from hg_oracle.customers left join hg_oracle.regions r using (region_id)
