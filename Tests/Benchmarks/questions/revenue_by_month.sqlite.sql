select strftime('%Y-%m', o."at") as month, a.region, round(sum(o.revenue), 2)
from orders o join accounts a on a.id = o.account_id group by 1, 2 order by 1, 2
