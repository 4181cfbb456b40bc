select customer_id::text, json_build_object(
    'seen', json_agg(json_build_object('qty', qty, 'channel', channel) order by channel collate "C" nulls last, qty),
    'by_qty', coalesce(json_agg(json_build_object('title', title, 'channel', channel)
        order by qty desc, channel collate "C" nulls last, title collate "C" nulls last)
        filter (where title is not null or channel is not null), '[]'))::text
from hg_oracle.views group by customer_id
