select kind, count(*) as touches from touches where instr(subject, 'renewal') > 0 group by kind order by touches desc, kind
