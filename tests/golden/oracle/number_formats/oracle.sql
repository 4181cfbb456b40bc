select id::text, json_build_object('rounded', round(balance, 1),
    'even', round(score::numeric - case when id % 8 in (1, 5) then 0.001 else 0 end, 2)::text,
    'cut', trunc(balance, 2), 'grouped', to_char(big, 'FM999,999,999,999,999,999,990.00'),
    'german', translate(to_char(balance, 'FM999,999,990.000'), ',.', '.,'))::text
from hg_oracle.customers
