select id::text, json_build_object('who', json_build_object('name', name, 'place', json_build_object('city', city,
    'planet', 'Earth', 'empty', null, 'n', 17)), 'a/b "c"~', big, 'fixed', '{"list":[1,true,null,"x"]}'::json)::text
from hg_oracle.customers
