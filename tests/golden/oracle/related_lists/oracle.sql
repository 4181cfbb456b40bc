select c.id::text, json_build_object('name', c.name,
    'viewed', (select json_agg(json_build_object('sku', sku, 'at', at, 'viewer', c.name, 'region', r.label)
               order by place)
        from (select *, row_number() over (order by at desc, view_id) as place
              from hg_oracle.views v where v.customer_id = c.id) v where place <= 3),
    'bought', (select coalesce(json_agg(sku order by line_id), '[]') from hg_oracle.lines l
               where l.customer_id = c.id and amount < 50),
    'views', (select count(*) from hg_oracle.views v where v.customer_id = c.id),
    'spent', (select sum(amount) from hg_oracle.lines l where l.customer_id = c.id))::text
from hg_oracle.customers c left join hg_oracle.regions r using (region_id)
