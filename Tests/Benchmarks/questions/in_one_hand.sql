with n as (select account_id, user_id, count(*) as n from touches
  where "at" >= '2025-06-30' and account_id is not null group by account_id, user_id),
s as (select account_id, sum(n) as total from n group by account_id)
select u.id, u.name, count(*) as accounts
from n join s on s.account_id = n.account_id left join users u on u.id = n.user_id
where n.n * 10 >= s.total * 8 group by u.id, u.name order by accounts desc, u.id
