with one as (select distinct b as id from both_ways where a = '{{person}}'),
two as (select distinct w.b as id from both_ways w join one on one.id = w.a),
three as (select distinct w.b as id from both_ways w join two on two.id = w.a)
select count(*) from (select id from one union select id from two union select id from three) r where id <> '{{person}}'
