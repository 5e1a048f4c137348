select d.id, a.name, u.name, d.stage, d.amount
from deals d join accounts a on a.id = d.account_id left join users u on u.id = d.owner_id
where a.region = 'EMEA' and d.amount > 50000 and d.stage not in ('won', 'lost')
order by d.amount desc, d.id limit 20
