select customer_id::text, json_build_object('first', (array_agg(title order by at, view_id))[1],
    'last', (array_agg(sku order by at desc, view_id desc))[1], 'least', min(price), 'most', max(at), 'sum', sum(price),
    'rows', count(*), 'titles', count(title), 'web', sum(price) filter (where channel = 'web'),
    'last_web', (array_agg(view_id || ': ' || sku order by view_id desc) filter (where channel = 'web'))[1])::text
from hg_oracle.views group by customer_id
