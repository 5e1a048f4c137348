with rich as (select account_id, sum(revenue) as revenue from orders group by account_id having round(sum(revenue), 2) > 20000),
held as (
  select p.account_id, min(p.id) as person, count(*) as touches
  from touches t join people p on p.id = t.person_id join rich r on r.account_id = p.account_id
  where t."at" >= '2026-01-01' group by p.account_id having count(distinct p.id) = 1)
select a.id, a.name, round(r.revenue, 2) as revenue, h.person, h.touches
from held h join rich r on r.account_id = h.account_id join accounts a on a.id = h.account_id
order by revenue desc, a.id limit 50
