"""Templates: holes, their types, what a template makes of a brief, files."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain import Brief, Channel, Tone
from engine.domain.records import Template, Variable, VariableType
from engine.errors import BriefInvalid, FileUnreadable
from engine.usecases.templates import built_in_templates, read_templates, templates_json, use_template, with_variables

ASSETS = Path(__file__).resolve().parents[3] / "assets"
SALE = Template("大促", Channel.SMS, "活动：{大促}{力度}，{截止日期}截止\n人群：{送给谁}\n耐穿", tone=Tone.WARM)


def test_every_hole_becomes_a_variable_typed_by_its_name() -> None:
    made = with_variables(Template("t", Channel.SMS, "{上新价}{截止日期}{剩几件}{力度}{力度}", must_say=("{店名}",)))
    assert [(v.name, v.type.value) for v in made.variables] == [
        ("上新价", "price"), ("截止日期", "date"), ("剩几件", "number"), ("力度", "text"), ("店名", "text"),
    ]  # fmt: skip
    known = Variable("力度", VariableType.CHOICE, choices=("八折", "九折"))
    assert with_variables(Template("t", Channel.SMS, "{力度}", (known, Variable("旧的")))).variables == (known,)


def test_a_template_lays_its_lines_over_the_brief() -> None:
    brief = Brief("围巾", points=("羊绒",), audience="她", offer="包邮", tone=Tone.TERSE)
    values = {"大促": "双11", "力度": "满200减30", "截止日期": "11月11日", "送给谁": "妈妈"}
    used = use_template(SALE, values, brief)
    assert used.brief.offer == "双11满200减30，11月11日截止"
    assert (used.brief.points, used.brief.audience, used.brief.tone) == (("羊绒", "耐穿"), "妈妈", Tone.WARM)
    assert (used.brief.product, used.channel) == ("围巾", Channel.SMS)
    assert use_template(SALE, values, used.brief).brief == used.brief, "using it twice adds nothing"


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("上新价", "", "empty"),
        ("上新价", "九十", "wrong_type"),
        ("上新价", "9.999", "wrong_type"),
        ("剩几件", "3.5", "wrong_type"),
    ],
)
def test_what_does_not_fit_is_named(name: str, value: str, reason: str) -> None:
    with pytest.raises(BriefInvalid) as found:
        use_template(Template("t", Channel.SMS, f"活动：{{{name}}}"), {name: value}, Brief("锅"))
    assert (found.value.field, found.value.reason) == (name, reason)


def test_a_choice_takes_only_what_it_offers() -> None:
    template = Template("t", Channel.SMS, "{大促}", (Variable("大促", VariableType.CHOICE, choices=("双11",)),))
    assert use_template(template, {"大促": "双11"}, Brief("锅")).brief.points == ("双11",)
    with pytest.raises(BriefInvalid, match="双11"):
        use_template(template, {"大促": "双10"}, Brief("锅"))


def test_the_built_in_ones_cover_the_scenes_and_can_be_used() -> None:
    found = built_in_templates(ASSETS)
    for scene in ("新品上市", "大促", "节日", "清仓", "品牌故事", "老客回访", "直播预告"):
        assert any(scene in template.title for template in found), scene
    assert len({template.key for template in found}) == len(found) and all(template.built_in for template in found)
    samples = {
        VariableType.PRICE: "59",
        VariableType.NUMBER: "3",
        VariableType.DATE: "11月11日",
        VariableType.TEXT: "甲",
    }
    for template in found:
        values = {v.name: v.default or samples[v.type] for v in template.variables}
        assert use_template(template, values, Brief("锅")).brief != Brief("锅")


def test_templates_come_back_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "模板 1.json"
    path.write_text(templates_json([with_variables(SALE)]), encoding="utf-8-sig")
    assert read_templates(path).templates == (with_variables(SALE),)


def test_broken_entries_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text(
        '[{"title":"甲","channel":"sms","text":"乙"},{"title":"丙"},3,{"title":"丁","channel":"fax","text":"x"}]',
        "utf-8",
    )
    found = read_templates(path)
    assert [t.title for t in found.templates] == ["甲"] and [number for number, _ in found.problems] == [2, 3, 4]


@pytest.mark.parametrize("content", ["{", "{}", "", "\ufffe"])
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "t.json"
    path.write_text(content, "utf-8")
    with pytest.raises(FileUnreadable):
        read_templates(path)


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_is_a_template(text: str, value: str) -> None:
    template = with_variables(Template("t", Channel.SMS, text))
    values = {v.name: value for v in template.variables}
    try:
        use_template(template, values, Brief("锅"))
    except BriefInvalid as error:
        assert error.field in values
