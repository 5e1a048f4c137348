with bought as (
  select account_id, max(case when "at" < '2025-06-30' then 1 else 0 end) as before, max(case when "at" >= '2025-06-30' then 1 else 0 end) as after
  from orders where "at" >= '2024-06-30' and "at" < '2026-06-30' group by account_id)
select a.tier, count(*), sum(b.after), round(1.0 * sum(b.after) / count(*), 4)
from bought b join accounts a on a.id = b.account_id where b.before = 1 group by a.tier order by a.tier
