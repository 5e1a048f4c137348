match (m:Person)-[:Knows]-(f:Person)-[:Knows]-(p:Person)
where m.id = '{{person}}' and p.id <> '{{person}}' and not exists { match (m)-[:Knows]-(p) }
return p.id as person, p.name as name, count(distinct f.id) as mutual order by mutual desc, person limit 10
