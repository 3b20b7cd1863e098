"""The law checker: what it flags, what it leaves alone, and that it never harms a text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.finding import Severity
from engine.text.compliance import LawChecker, OwnWords, apply_fixes
from engine.text.lexicon import DOMAINS, PLATFORM_PACK, load_rules

ASSETS = Path(__file__).resolve().parents[3] / "assets"
LAW = LawChecker(ASSETS / "lexicons")

UNLAWFUL = (
    "全网最低价，错过再等一年",
    "国家级工艺打造",
    "行业第一品牌",
    "顶级品质",
    "全国销量第一",
    "本店销量第一！",
    "品质最好！",
    "独一无二的创新产品",
    "一周瘦20斤",
    "彻底根治脚气",
    "抗癌神药",
    "投资稳赚不赔，年化收益30%",
    "签约保过，不过退款",
    "国家领导人推荐",
    "开光手串，招财转运",
    "比其他品牌好三倍",
    "代替母乳",
    "No.1面霜",
    "谨防假货，认准全网第一品牌",
    "不套路，全网最低价",
    "市面上没有哪款水壶比得过它",
    "全国范围内找不出的独有工艺",
    "比任何一款锅都耐用",
    "同类里重量最轻的伞",
    "县长夸过的苹果",
    "海军指定用水壶",
    "戴这串黑曜石挡小人",
    "注册送58彩金",
    "某牌的伞用三天就断",
    "实验显示吸水速度快3倍",
    "专利还没批下来",
    "给五星截图返3元",
    "免费领黄金，只付邮费",
    "工厂破产清仓，只要9元",
    "喝口酒，什么烦恼都没了",
    "小学生也能喝的果酒",
    "白癜风患者的福音",
    "敷好了三千人",
    "胆结石慢慢化掉",
    "缠着奶奶充值",
    "玉米种子亩产超三千斤",
)
EVASIONS = (
    "这款面霜zui好",
    "蕞好用的锅",
    "全国第①品牌",
    "最*佳选择",
    "国家-级品质",
    "第 一品牌",
    "治療失眠",
    "减月巴神器",
    "丁页级品质",
    "全网ｚｕｉ低价",
    "顶ji享受",
    "国 家 级 工艺",
    "最🔥好的产品",
    "全國銷量第一",
    "dingji品质",
    "绝dui正品",
    "排du养颜",
    "最【佳】搭配",
    "weiyi指定品牌",
    "gen治失眠",
    "醉好的礼物",
    "第 1 品牌",
    "丰xiong神器",
    "bao过四级",
    "顶、级、货、源",
    "最@好@的锅",
    "世jie第一",
    "最→强→音→质",
    "全🉐国🉐第🉐一",
    "加❤看更多款",
    "药道病除",
)
FALSE_FRIENDS = (
    "最近上新",
    "最后一步加水",
    "第一次露营",
    "第一步，第一代产品",
    "第一时间发货",
    "绝对值",
    "唯一的缺点是重",
    "顶级域名",
    "首选项",
    "国家级非遗名录",
    "100%棉",
    "永久牌自行车",
    "永久链接",
    "最好趁热喝",
    "送给最好的朋友",
    "最大承重150kg",
    "我们不承诺疗效",
    "治愈系台灯",
    "安全第一，骑行戴头盔",
    "每块木头的花纹都独一无二",
    "本品不能代替药物",
    "极品飞车手柄",
    "警惕保本高息的推销",
    "别轻信根治的说法",
    "荣获2021年市编织比赛第一名",
    "追求极致的体验，我们还在路上",
    "最佳摄影奖作品同款构图",
    "USB充电口",
    "衣柜去湿气用的竹炭包",
    "端午挂艾草辟邪的习俗",
    "吸嘴加长，角落也能吸",
    "喝醉好难受，备一杯温水",
    "“极品”这个词我们不用",
    "凡是说稳赚不赔的都是骗人的",
    "请勿参与任何形式的赌博",
    "没有降糖、降压的作用",
    "这种病目前难以根治",
    "任何治疗都有风险，请问医生",
    "治好拖延症的小闹钟",
    "告别懒癌的洗碗机",
    "糖尿病和痛风患者请先问医生",
    "全国最冷的地方",
    "世界冠军签名的球",
    "城市长椅，我家门口就有",
    "李先生说鞋带有点短",
    "18K彩金项链",
    "地漏返水怎么办",
    "免费领手机壳一个",
    "公务员考试用书",
    "雪茄色皮包",
    "绿色泡泡机",
    "红、黄、蓝三色",
    "专利申请代办",
    "第三方检测报告显示吸水快3倍（编号A12）",
)


@pytest.mark.parametrize("text", UNLAWFUL)
def test_an_unlawful_claim_blocks_with_article_and_reason(text: str) -> None:
    blocking = [finding for finding in LAW.check(text) if finding.blocks]
    assert blocking
    assert all(finding.article.startswith("《") and finding.reason for finding in blocking)


@pytest.mark.parametrize("text", EVASIONS)
def test_an_evasion_is_read_as_what_it_stands_for(text: str) -> None:
    assert any(finding.blocks for finding in LAW.check(text))


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_a_false_friend_is_left_alone(text: str) -> None:
    assert not [finding for finding in LAW.check(text) if finding.severity is not Severity.NOTE]


def test_the_span_of_an_evasion_covers_the_inserted_symbol() -> None:
    text = "它是最 * 佳礼物"
    (finding,) = LAW.check(text)
    assert text[finding.start : finding.end] == finding.text == "最 * 佳"


def test_a_buyers_words_marked_as_quoted_are_not_the_shops_claim() -> None:
    assert not LAW.check("老顾客说：“这是我用过品质最好的！”")
    assert any(f.blocks for f in LAW.check("我们的品质最好！"))


def test_a_medical_claim_stays_risky_in_a_buyers_mouth() -> None:
    (finding,) = LAW.check("买家评价：“治好了我的鼻炎”")
    assert finding.severity is Severity.RISKY


def test_the_article_follows_the_trade() -> None:
    by_trade = {
        domain: LAW.check("可以根治", domain=domain)[0].article for domain in ("general", "cosmetics", "medical")
    }
    assert by_trade == {
        "general": "《广告法》第十七条",
        "cosmetics": "《化妆品监督管理条例》第四十三条第二款、《广告法》第十七条",
        "medical": "《广告法》第十六条第一款第一项",
    }


def test_a_trades_pack_counts_only_in_that_trade() -> None:
    text = "步行10分钟到地铁站"
    assert not LAW.check(text)
    assert LAW.check(text, domain="real_estate")[0].article == "《广告法》第二十六条第二项"


def test_diversion_words_count_only_in_their_channels() -> None:
    assert LAW.check("加v信领券", channel="xiaohongshu")
    assert not LAW.check("加v信领券", channel="sms")


def test_a_registered_health_function_is_lawful() -> None:
    assert not LAW.check("有助于增强免疫力", domain="health_food")
    assert any(f.blocks for f in LAW.check("吃了增强免疫力"))


def test_the_shops_own_words_are_added_and_silenced() -> None:
    own = LawChecker(ASSETS / "lexicons", OwnWords(include=("宝宝们",), exclude=("极品",)))
    assert own.check("宝宝们好")[0].rule == "own.include"
    assert not own.check("极品")


def test_fix_replaces_only_what_has_a_safe_word() -> None:
    assert LAW.fix("最佳口感，极品好茶") == "出色口感，好货好茶"


@given(st.text(max_size=200))
@settings(max_examples=120, deadline=None)
def test_any_unicode_survives_with_valid_spans(text: str) -> None:
    for finding in LAW.check(text):
        assert 0 <= finding.start < finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.text


PIECES = st.lists(
    st.sampled_from(
        [*UNLAWFUL, *EVASIONS, *FALSE_FRIENDS, "，", " ", "🔥", "\n", "最", "第", "一", "*", "佳", "好", "\u200b"]
    ),
    max_size=12,
)


@given(PIECES.map("".join))
@settings(max_examples=120, deadline=None)
def test_fixing_twice_is_fixing_once_and_spans_stay_valid(text: str) -> None:
    for finding in LAW.check(text):
        assert text[finding.start : finding.end] == finding.text
    fixed = LAW.fix(text)
    assert LAW.fix(fixed) == fixed
    assert LAW.check(text) == LAW.check(text)


@given(PIECES.map("".join))
@settings(max_examples=80, deadline=None)
def test_a_round_of_fixes_keeps_every_character_outside_its_findings(text: str) -> None:
    for _ in range(20):
        findings = [f for f in LAW.check(text) if f.replacement is not None]
        kept = "".join(c for i, c in enumerate(text) if not any(f.start <= i < f.end for f in findings))
        fixed = apply_fixes(text, findings)
        rest = iter(fixed)
        assert all(char in rest for char in kept)
        if fixed == text:
            break
        text = fixed


def test_no_replacement_is_itself_flagged() -> None:
    for rule in load_rules(ASSETS / "lexicons"):
        if rule.fix:
            assert not [f for f in LAW.check(rule.fix) if f.blocks], rule.fix


def test_every_pack_is_there_with_hundreds_of_rules_and_an_article_each() -> None:
    rules = load_rules(ASSETS / "lexicons")
    assert {rule.pack for rule in rules} == {*DOMAINS, PLATFORM_PACK}
    assert sum(max(1, len(rule.words)) for rule in rules) >= 300
    assert all(rule.article.startswith("《") or rule.pack == PLATFORM_PACK for rule in rules)


def test_forbidden_phrases_are_unlawful_each_by_itself() -> None:
    phrases = LAW.forbidden_phrases()
    assert "全网最低" in phrases
    assert all(
        len(phrase) > 1 and any(f.blocks for f in LAW.check(phrase)) for phrase in phrases if phrase != "最佳赏味"
    )


def test_traditional_characters_map_one_to_one() -> None:
    pairs = json.loads((ASSETS / "lexicons" / "traditional.json").read_text(encoding="utf-8"))
    assert len(pairs["traditional"]) == len(pairs["simplified"]) > 2000


def test_speaking_of_a_word_is_not_making_the_claim_but_praise_after_it_is() -> None:
    assert not LAW.check("别人说顶级、极品，我们不用这种词")
    assert any(f.blocks for f in LAW.check("顶级，这种货我们天天卖"))


def test_a_plain_negation_does_not_reach_past_a_turn() -> None:
    assert not LAW.check("我们不卖极品")
    assert any(f.blocks for f in LAW.check("不卖次品只卖极品"))


def test_the_trades_own_article_wins_where_two_rules_name_one_place() -> None:
    by_trade = {domain: LAW.check("绝对安全", domain=domain)[0].article for domain in ("general", "medical")}
    assert by_trade == {"general": "《广告法》第九条第三项", "medical": "《广告法》第十六条第一款第一项"}


def test_every_family_of_words_is_used_and_written_out() -> None:
    lexicons = ASSETS / "lexicons"
    families = json.loads((lexicons / "families.json").read_text(encoding="utf-8"))
    packs = "".join(path.read_text(encoding="utf-8") for path in lexicons.glob("rules_*.json"))
    assert not [name for name in families if f"<<{name}>>" not in packs]
    assert not [rule.key for rule in load_rules(lexicons) if rule.pattern and "<<" in rule.pattern.pattern]


@pytest.mark.parametrize("mark", ["、", "，", "@", "…", "“", "&", "丶", "■"])
def test_one_mark_between_all_characters_hides_nothing(mark: str) -> None:
    (finding,) = [f for f in LAW.check(f"这是{mark.join('国家级品质')}的锅") if f.blocks]
    assert finding.text == mark.join("国家级")


@pytest.mark.parametrize(
    "text",
    [
        "这枕头枕着就是舒服，同价位里一个能打的都没有",
        "别被华为骗了，同样的配置我们只卖一半",
        "门口挂个葫芦，把晦气统统吸走",
        "zui轻的折叠伞，放包里跟没带一样",
    ],
)
def test_a_claim_without_a_listed_word_is_seen(text: str) -> None:
    assert any(finding.blocks for finding in LAW.check(text))


@pytest.mark.parametrize(
    "text",
    ["群里的“内幕消息”都是诈骗套路", "相信科学，别被“改命手串”骗了", "香薰机的雾气是水雾，不含尼古丁"],
)
def test_a_debunked_claim_is_acquitted(text: str) -> None:
    assert not any(finding.blocks for finding in LAW.check(text))
