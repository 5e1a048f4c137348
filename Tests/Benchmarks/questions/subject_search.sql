select kind, count(*) as touches from touches where subject like '%renewal%' group by kind order by touches desc, kind
