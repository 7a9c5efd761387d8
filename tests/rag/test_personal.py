"""Personal data is found as people type it, and numbers of policies are left alone."""

from __future__ import annotations

import pytest

from rag.personal import masked, personal_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我的手机13800138000，怎么申请", "我的手机〔手机号〕，怎么申请"),
        ("电话 138-0013-8000", "电话 〔手机号〕"),
        ("电话 +86 138 0013 8000。", "电话 〔手机号〕。"),
        ("１３８００１３８０００", "〔手机号〕"),
        ("身份证31010519900307721X要带吗", "身份证〔身份证号〕要带吗"),
        ("身份证 310105 19900307 7213", "身份证 〔身份证号〕"),
        ("老身份证310105900307721", "老身份证〔身份证号〕"),
        ("代码91310105MA1FW0008X的企业", "代码〔统一社会信用代码〕的企业"),
        ("信用代码９１３１０１０５ＭＡ１ＦＷ０００８Ｘ", "信用代码〔统一社会信用代码〕"),
        ("138　0013　8000", "〔手机号〕"),
        ("138\u00a00013\u00a08000", "〔手机号〕"),
        ("138.0013.8000 和 139–0013–9000", "〔手机号〕 和 〔手机号〕"),
        ("138\u200b00138000", "〔手机号〕"),
        ("138  0013  8000", "〔手机号〕"),
        ("110101 1990 0307 851X", "〔身份证号〕"),
        ("9131 0105 MA1F W000 8X", "〔统一社会信用代码〕"),
        ("13800138000 13900139000", "〔手机号〕 〔手机号〕"),
        ("发到wang.xm+zc@example.com.cn吧", "发到〔邮箱〕吧"),
        ("两个：13800138000、13900139000", "两个：〔手机号〕、〔手机号〕"),
    ],
)
def test_personal_data_gives_way_to_its_kind(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "沪府办发〔2020〕1号", "2020—2022年", "100000000000元", "12345热线", "3000亿元", "021-12345678",
        "20201231", "2021.12.31-2022.12.31", "1.5亿 2.5亿 3.5亿元", "第12345678901234567890条",
        "到2025年，总产出超过3000亿元", "附件1四（三）", "12380013800",
    ],
)  # fmt: skip
def test_what_policies_print_is_left_alone(text: str) -> None:
    assert masked(text) == text


def test_a_piece_is_kept_as_it_was_typed() -> None:
    assert personal_in("１３８００１３８０００") == {"１３８００１３８０００": "手机号"}
