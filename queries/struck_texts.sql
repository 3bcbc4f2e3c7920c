-- 划去的文字:共享的文字里有姓名、户编号、手机号、证件号的,投屏和一般用户看到的是哪一句?
-- 一行 = 一句原话。
-- 参数:无。
-- 涉及:逐户。
select
    text,
    struck
from struck_texts
order by text
