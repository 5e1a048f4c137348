select a.id, a.name, p.profit
from (select account_id, round(sum(revenue - cost), 2) as profit from orders group by account_id) p
join accounts a on a.id = p.account_id
order by p.profit desc, a.id limit 20
