"""The product of the first-run tour and of ``compose --sample``."""

from engine.domain.brief import Attribute, Brief
from engine.domain.channels import Tone


def sample_brief() -> Brief:
    """A dress, with every field of a brief in use."""
    return Brief(
        product="雪纺碎花连衣裙",
        category="连衣裙",
        attributes=(Attribute("材质", "雪纺"), Attribute("图案", "碎花"), Attribute("裙长", "长裙")),
        points=("垂坠感好", "有内衬不透"),
        audience="上班族",
        tone=Tone.WARM,
        offer="第二件半价",
    )
