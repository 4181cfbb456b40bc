select id::text, json_build_object('id', id, 'name', name, 'email', email, 'city', city, 'active', active,
    'balance', balance, 'score', score, 'big', big, 'joined', joined, 'birthday', birthday, 'seen', seen,
    'uid', uid, 'doc', doc)::text
from hg_oracle.customers
