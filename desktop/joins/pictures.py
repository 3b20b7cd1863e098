"""The product's picture: its box in the form on its presenter, and that on whoever saves products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from desktop.face import EngineFace
from desktop.joins.choosing import choose_file, give
from desktop.joins.joined import join
from desktop.presenters.pictures import PicturesPresenter
from desktop.presenters.products import ProductsPresenter
from desktop.views.brief_form import BriefForm
from desktop.widgets.picture_box import COLOUR
from desktop.words import tr

if TYPE_CHECKING:
    from desktop.main_window import MainWindow


def join_pictures(
    form: BriefForm, engine: EngineFace, products: ProductsPresenter, window: MainWindow
) -> PicturesPresenter:
    """Make the box work."""
    pictures, box = PicturesPresenter(engine, window.around.jobs, window), form.picture

    def show(image: QImage | None, colours: tuple[str, ...]) -> None:
        known = form.attributes.values()
        box.show_picture(image, tuple(name for name in colours if f"{COLOUR} {name}" not in known))

    join(
        (
            (box.file_dropped, pictures.take_file),
            (box.choose_wanted, lambda: _choose(pictures, window)),
            (box.remove_wanted, pictures.remove),
            (form.changed, lambda: pictures.form_changed(form.state())),
            (products.filled, pictures.filled),
            (products.saved, pictures.product_saved),
            (pictures.shown, show),
            (pictures.unsaved, products.hold_picture),
            (pictures.save_wanted, products.save_form),
            (pictures.failed, window.show_error),
            (pictures.message, window.show_message),
        )
    )
    return pictures


def _choose(pictures: PicturesPresenter, window: MainWindow) -> None:
    kinds = tr("图片 (*.jpg *.jpeg *.png *.webp *.bmp *.gif)")
    give(choose_file(window, tr("选图片"), kinds), pictures.take_file)
