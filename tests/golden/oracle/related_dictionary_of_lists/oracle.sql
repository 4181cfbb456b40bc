select c.id::text, json_build_object('id', c.id, 'prices', json_build_object(
    'sku', coalesce(json_agg(v.sku order by v.price, v.view_id) filter (where v.view_id is not null), '[]'),
    'price', coalesce(json_agg(v.price order by v.price, v.view_id) filter (where v.view_id is not null), '[]'),
    'title', coalesce(json_agg(v.title order by v.price, v.view_id) filter (where v.view_id is not null), '[]')))::text
from hg_oracle.customers c left join hg_oracle.views v on v.customer_id = c.id and v.channel is not null
group by c.id
