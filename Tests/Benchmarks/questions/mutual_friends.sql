with f as (select distinct b as id from both_ways where a = '{{person}}')
select p.id, p.name, count(distinct w.a) as mutual
from both_ways w join f on f.id = w.a join people p on p.id = w.b
where p.id <> '{{person}}' and p.id not in (select id from f)
group by p.id, p.name order by mutual desc, p.id limit 10
