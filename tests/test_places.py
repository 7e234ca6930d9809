"""The place that a title names, and the places above it."""

from __future__ import annotations

import pytest
from mutated_reports import HEAD, TAIL, read


@pytest.mark.parametrize(
    ("printed", "township", "county", "city"),
    [
        ("保定市雄县雄州镇", "雄州镇", "雄县", "保定市"),
        ("曹县普连集镇人民政府", "普连集镇", "曹县", "菏泽市"),
        ("晋城市城区东街街道办事处", "东街街道", "城区", "晋城市"),
        ("塔城地区乌苏市百泉镇", "百泉镇", "乌苏市", "塔城地区"),
        ("新乡市辉县市百泉镇人民政府", "百泉镇", "辉县市", "新乡市"),
        ("辉县市百泉镇", "百泉镇", "辉县市", "新乡市"),
        ("平利县老县镇", "老县镇", "平利县", "安康市"),
        ("旧县镇", "旧县镇", None, None),
        ("桐庐县旧县街道办事处", "旧县街道", "桐庐县", "杭州市"),
        ("荆州市沙市区立新乡", "立新乡", "沙市区", "荆州市"),
        ("镇赉县镇赉镇", "镇赉镇", "镇赉县", "白城市"),
    ],
)
def test_a_township_does_not_keep_the_name_of_its_county(
    printed: str, township: str, county: str | None, city: str | None
) -> None:
    """Counties of two characters, and cities of county level below a city, stayed at the front of the township."""
    title = f"{printed}2022年政府信息公开工作年度报告"

    identity = read([title, *HEAD[1:], *TAIL]).identity

    assert (identity.township, identity.county, identity.city) == (township, county, city)
