select id::text, json_build_object('text', balance::text, 'integer', case when score = floor(score) then score::bigint else -1 end,
    'boolean', active, 'number', big, 'id', id::text, 'flag', id % 2 = 0, 'digits', (id || '.50')::json)::text
from hg_oracle.customers
