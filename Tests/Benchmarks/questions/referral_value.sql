with recursive tree(root, id, account_id) as (
  select id, id, account_id from people where referred_by is null
  union all select t.root, p.id, p.account_id from tree t join people p on p.referred_by = t.id),
bought as (select account_id, sum(revenue) as revenue from orders group by account_id),
size as (select root, count(*) - 1 as downstream from tree group by root),
money as (
  select root, sum(b.revenue) as revenue from (select distinct root, account_id from tree) t
  join bought b on b.account_id = t.account_id group by root)
select s.root, p.name, s.downstream, round(coalesce(m.revenue, 0), 2)
from size s join people p on p.id = s.root left join money m on m.root = s.root
order by s.downstream desc, s.root limit 20
