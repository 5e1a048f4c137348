with quiet as (
  select account_id, max("at") as last_touch from touches
  where account_id in (select id from accounts where tier = 'gold') group by account_id having max("at") < '2026-04-01'),
bought as (
  select account_id, sum(revenue) as revenue from orders where "at" >= '2025-06-30' and "at" < '2026-06-30' group by account_id)
select a.id, a.name, u.name, q.last_touch, round(coalesce(b.revenue, 0), 2) as revenue
from quiet q join accounts a on a.id = q.account_id left join users u on u.id = a.owner_id left join bought b on b.account_id = a.id
order by revenue desc, a.id
