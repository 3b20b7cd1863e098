"""How much planted personal data redaction finds in real copy, and how many product numbers it takes by mistake.

    python benchmarks/redaction.py [--count 3000] [--seed 1]

The copy is the project's own corpus; the planted data is made at random in many written forms by this file, which
shares no code with the rules; both have one author, so the figure is for these forms, not for every form people invent.
Recall: planted pieces of which nothing is left but the announcing words (of an address at most six characters without a
digit, such as its city). Wrongly redacted: pieces with a digit in the untouched corpus (sizes, models, prices, dates) that redaction touches.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from engine.usecases.redaction import find_personal

CORPUS = Path(__file__).resolve().parent.parent / "training" / "corpus"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英玉兰梅鑫宇浩然子涵欣怡梓轩雨桐思源晓东海燕志强国庆建华"
CITIES = "杭州 宁波 苏州 南京 广州 深圳 成都 武汉 长沙 郑州 西安 济南 青岛 沈阳 大连 厦门 福州 合肥 南昌 昆明 贵阳 佛山 东莞 义乌".split()
DISTRICTS = "江干 西湖 鼓楼 天河 南山 锦江 武侯 洪山 岳麓 金水 雁塔 历下 市南 和平 思明 包河 五华 南明 禅城 越秀 白云 福田".split()
STREETS = "人民 解放 中山 建设 文化 长江 黄河 科技 体育 学院 新华 和平 朝阳 滨江 环城 光明 迎宾 振兴 花园 幸福".split()
ESTATES = "阳光花园 翠苑小区 金色家园 锦绣公寓 世纪新村 绿城桂花苑 万科广场 华润大厦".split()
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def digits(source: random.Random, count: int) -> str:
    """So many random digits."""
    return "".join(source.choice("0123456789") for _ in range(count))


def mobile(source: random.Random) -> str:
    """A mobile number in one of the ways in which people write it."""
    number = "1" + source.choice("3456789") + digits(source, 9)
    forms = (
        number,
        number,
        f"{number[:3]}-{number[3:7]}-{number[7:]}",
        f"{number[:3]} {number[3:7]} {number[7:]}",
        f"+86 {number}",
        f"86-{number}",
        number.translate(FULL_WIDTH),
    )
    return source.choice(("", "电话", "手机号：", "联系我 ", "Tel:", "打")) + source.choice(forms)


def landline(source: random.Random) -> str:
    """A fixed-line or service number."""
    area, number = source.choice(("010", "021", "0571", "0755", "028")), "8" + digits(source, 7)
    return source.choice(
        (f"{area}-{number}", f"({area}){number}", f"（{area}）{number}", f"400-{digits(source, 3)}-{digits(source, 4)}")
    )


def id_number(source: random.Random) -> str:
    """A resident ID with a right check character."""
    area = source.choice(("110105", "330106", "440305", "510104"))
    body = f"{area}{source.randint(1950, 2010)}{source.randint(1, 12):02}{source.randint(1, 28):02}{digits(source, 3)}"
    weights = [2**at % 11 for at in range(17, 0, -1)]
    check = (12 - sum(int(c) * w for c, w in zip(body, weights, strict=True)) % 11) % 11
    return source.choice(("身份证号", "身份证：", "证件 ", "")) + body + ("X" if check == 10 else str(check))


def bank_card(source: random.Random) -> str:
    """A card number with a right check digit."""
    body = source.choice(("622202", "621700", "622848", "436742", "520169")) + digits(source, source.choice((9, 12)))
    total = sum(sum(divmod(int(c) * (2 if at % 2 == 0 else 1), 10)) for at, c in enumerate(reversed(body)))
    number = body + str(-total % 10)
    spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    return source.choice(("卡号", "银行卡：", "打款到", "")) + source.choice((number, spaced))


def email(source: random.Random) -> str:
    """A mail address."""
    name = "".join(source.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(source.randint(3, 9)))
    return (
        source.choice(("邮箱", "发到", "E-mail: ", ""))
        + f"{name}{digits(source, 2)}@{source.choice(('qq.com', '163.com', 'gmail.com', 'sina.com.cn'))}"
    )


def wechat(source: random.Random) -> str:
    """A WeChat name."""
    name = (
        source.choice("abcdefgwxz")
        + "".join(source.choice("abcdefghij_-0123456789") for _ in range(source.randint(6, 12)))
        + "8"
    )
    return source.choice(("微信", "微信号：", "加微信 ", "VX：", "vx:", "wx：", "WeChat: ", "加V：", "微信是")) + name


def qq(source: random.Random) -> str:
    """A QQ number."""
    return (
        source.choice(("QQ", "QQ：", "扣扣", "QQ群：", "加QQ ", "qq号"))
        + source.choice("123456789")
        + digits(source, source.randint(5, 9))
    )


def order(source: random.Random) -> str:
    """An order or parcel number."""
    forms = (
        "订单号" + digits(source, 18),
        "订单编号：" + digits(source, 16),
        "快递单号" + digits(source, 13),
        "运单号：YT" + digits(source, 13),
        "SF" + digits(source, 13),
        "JD" + digits(source, 13),
        "物流单号 " + digits(source, 12),
        "取件码 " + digits(source, 8),
    )
    return source.choice(forms)


def address(source: random.Random) -> str:
    """A postal address down to the door."""
    city, district, street = source.choice(CITIES), source.choice(DISTRICTS), source.choice(STREETS)
    forms = (
        f"{city}市{district}区{street}路{source.randint(1, 999)}号",
        f"{district}区{street}街{source.randint(1, 300)}号{source.randint(1, 20)}栋{source.randint(101, 2505)}室",
        f"浙江省{city}市{district}区{street}东路{source.randint(1, 99)}号{source.choice(ESTATES)}{source.randint(1, 30)}幢",
        f"{city}{source.choice(ESTATES)}{source.randint(1, 30)}栋{source.randint(1, 4)}单元{source.randint(101, 1802)}",
        f"收货地址：{city}市{district}区{street}大道{source.randint(1, 999)}号{source.randint(2, 30)}楼",
        f"寄到{source.choice(ESTATES)}{source.randint(1, 30)}号楼{source.randint(1, 4)}单元",
    )
    return source.choice(forms)


def link(source: random.Random) -> str:
    """A web address."""
    tail = "".join(source.choice("abcdefghijkmnpqrstuvwxyz23456789") for _ in range(7))
    forms = (
        f"https://m.tb.cn/h.{tail}",
        f"http://www.{tail}.com/item?id={digits(source, 6)}",
        f"www.{tail}.cn",
        f"{tail}.taobao.com",
        f"u.jd.com/{tail}",
    )
    return source.choice(forms)


def name(source: random.Random) -> str:
    """A name after the words that announce one."""
    person = source.choice(SURNAMES) + "".join(source.choice(GIVEN) for _ in range(source.randint(1, 2)))
    return source.choice(("收件人：", "收件人", "联系人：", "联系人", "收货人: ", "收货人是", "姓名：")) + person


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "电话": mobile,
    "座机": landline,
    "身份证": id_number,
    "银行卡": bank_card,
    "邮箱": email,
    "微信": wechat,
    "QQ": qq,
    "单号": order,
    "地址": address,
    "链接": link,
    "姓名": name,
}
ANNOUNCING = re.compile(
    r"^(?:打款到|电话|手机号：|联系我 |Tel:|打|身份证号|身份证：|证件 |卡号|银行卡：|打款到|邮箱|发到|E-mail: |微信号：|微信是|加微信 |微信|VX：|vx:|wx：|WeChat: |加V："
    r"|QQ群：|QQ：|加QQ |QQ|扣扣|qq号|收件人：|收件人|联系人：|联系人|收货人: |收货人是|姓名：|订单号|订单编号：|快递单号|运单号：|物流单号 |取件码 |收货地址：|寄到)"
)


def corpus_texts() -> list[str]:
    """Every copy and every attribute line of the corpus."""
    texts: list[str] = []
    for file in sorted(CORPUS.glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            texts += [str(text) for text in (row.get("targets") or {}).values()]
            texts += [f"{pair[0]}：{pair[1]}" for pair in row.get("attributes") or [] if len(pair) == 2]
    return texts


def measure_recall(texts: list[str], count: int, source: random.Random) -> tuple[Counter[str], Counter[str], list[str]]:
    """Planted and found pieces by kind, and some that were missed."""
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: list[str] = []
    for number in range(count):
        kind = list(MAKERS)[number % len(MAKERS)]
        piece = MAKERS[kind](source)
        base = source.choice(texts)
        at = source.choice([m.end() for m in re.finditer(r"[，。！？\n]|$", base)])
        before = base[:at] if at < len(base) else base + source.choice("，。 \n")  # nobody glues a number to a size
        text = before + piece + source.choice("，。！ \n") + base[at:]
        planted[kind] += 1
        left = leftover(before, piece, text)
        if len(left) <= (6 if kind == "地址" else 0) and not any(c.isdigit() for c in left):
            found[kind] += 1
        else:
            missed.append(f"{kind}: {piece} -> {left}")
    return planted, found, missed


def leftover(before: str, piece: str, text: str) -> str:
    """The characters of the planted piece, less the words that announce it, that redaction leaves in the text."""
    start, end = len(before), len(before) + len(piece)
    start += len(piece) - len(ANNOUNCING.sub("", piece))
    gone = {place for hit in find_personal(text) for place in range(hit.start, hit.end)}
    return "".join(
        text[place] for place in range(start, end) if place not in gone and text[place] not in " -:：()（）+"
    )


def measure_mistakes(texts: list[str]) -> tuple[int, int, list[str]]:
    """Pieces with digits in untouched copy, how many of them were redacted, and which."""
    total, wrong, which = 0, 0, []
    for text in texts:
        places = [match.span() for match in re.finditer(r"[A-Za-z0-9.*/+-]*\d[A-Za-z0-9.*/+-]*", text)]
        hits = find_personal(text)
        total += len(places)
        for start, end in places:
            if any(hit.start < end and start < hit.end for hit in hits):
                wrong += 1
                which.append(text[max(0, start - 10) : end + 10])
    return total, wrong, which


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Recall and mistakes of redaction")
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    texts = corpus_texts()
    started = time.process_time()
    planted, found, missed = measure_recall(texts, arguments.count, random.Random(arguments.seed))
    each_ms = (time.process_time() - started) * 1000 / arguments.count
    for kind, count in planted.items():
        print(f"{kind}\t{found[kind]}/{count}\t{found[kind] / count:.3f}")
    print(
        f"recall\t{found.total()}/{planted.total()}\t{found.total() / planted.total():.4f}\t{each_ms:.2f} ms of CPU a text"
    )
    total, wrong, which = measure_mistakes(texts)
    print(f"product numbers wrongly redacted\t{wrong}/{total}\t{wrong / max(1, total):.5f}")
    for line in missed[:15] + which[:15]:
        print("  ", line)


if __name__ == "__main__":
    main()
