-- What a customer calls a technician, also where the name stands in two scripts: 王磊 Wang Lei is 王师傅. A
-- Japanese name, 山田 太郎, is written with Chinese characters on both sides of its space: 山田.
CREATE OR REPLACE FUNCTION customer_name_of(name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN btrim(name) !~ '^[\u4e00-\u9fff]{2,4}( [^\u4e00-\u9fff]*)?$'
                THEN split_part(btrim(name), ' ', 1)
                WHEN btrim(name) ~ '^[\u4e00-\u9fff]{3}'
                 AND left(btrim(name), 2) IN ('欧阳', '上官', '司马', '诸葛', '司徒', '夏侯', '东方', '皇甫',
                                              '尉迟', '公孙', '慕容', '令狐', '端木', '南宫', '长孙', '宇文',
                                              '轩辕')
                THEN left(btrim(name), 2) || '师傅'
                ELSE left(btrim(name), 1) || '师傅' END;
