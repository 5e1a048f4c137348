select p.id, p.name, a.name, t."at", t.kind, t.subject
from people p join touches t on t.person_id = p.id left join accounts a on a.id = p.account_id
where p.email = '{{email}}' order by t."at" desc, t.id desc limit 5
