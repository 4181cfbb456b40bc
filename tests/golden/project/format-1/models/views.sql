select *
from views -- "Zoë" 😀
where viewed_at >= :since

