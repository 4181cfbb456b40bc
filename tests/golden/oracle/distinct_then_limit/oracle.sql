select customer_id::text, json_build_object('recent', json_agg(json_build_object('channel', channel, 'view_id', view_id)
    order by at desc, view_id desc) filter (where place <= 2))::text
from (select *, row_number() over (partition by customer_id order by at desc, view_id desc) as place
      from (select distinct on (customer_id, channel) * from hg_oracle.views
            order by customer_id, channel, at desc, view_id desc) d) v
group by customer_id
