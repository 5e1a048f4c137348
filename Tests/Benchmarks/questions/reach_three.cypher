match (m:Person)-[:Knows* shortest 1..3]-(p:Person) where m.id = '{{person}}' and p.id <> '{{person}}' return count(distinct p.id)
