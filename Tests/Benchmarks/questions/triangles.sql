with pair as (select distinct least(a, b) as a, greatest(a, b) as b from both_ways)
select count(*) from pair x join pair y on y.a = x.b join pair z on z.a = x.a and z.b = y.b
