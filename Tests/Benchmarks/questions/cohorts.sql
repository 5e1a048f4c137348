with q as (select distinct account_id, year("at") * 4 + quarter("at") - 1 as q from orders),
f as (select account_id, min(q) as c from q group by account_id)
select (c // 4) || '-Q' || (c % 4 + 1) as cohort, q - c as since, count(*)
from q join f using (account_id) group by c, q - c order by c, since
