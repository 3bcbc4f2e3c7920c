-- 举措:方案的总体目标、各项举措和工作要求各说什么,谁牵头?
-- 一行 = 一项,按方案里的次序。
-- 参数:无。
select
    measure as number,
    chapter,
    chapter_title,
    chapter_short,
    title,
    short,
    coalesce(firmness, '') as firmness,
    text,
    coalesce(leads, []) as leads,
    due_on,
    coalesce(source_note, '') as source_note,
    coalesce(title_en, '') as title_en,
    coalesce(text_en, '') as text_en,
    coalesce(short_en, '') as short_en,
    coalesce(chapter_short_en, '') as chapter_short_en
from measures
order by row
