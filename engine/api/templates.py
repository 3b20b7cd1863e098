"""Templates: the built-in ones and the shop's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from engine.domain import Brief
from engine.domain.records import Template
from engine.errors import NotFound
from engine.files.atomic import write_text
from engine.store import Store
from engine.usecases.templates import (
    FilledTemplate,
    TemplateImport,
    built_in_templates,
    read_templates,
    templates_json,
    use_template,
    with_variables,
)


class Templates:
    """Lists, keeps, fills, imports and exports templates."""

    def __init__(self, store: Store, assets: Path) -> None:
        self._store, self._assets = store, assets

    @cached_property
    def _built_in(self) -> tuple[Template, ...]:
        return built_in_templates(self._assets)

    def all(self) -> list[Template]:
        """The shop's own by title, then the built-in ones."""
        return [*self._store.templates.all(), *self._built_in]

    def get(self, key: str) -> Template:
        """One of them; raises ``NotFound``."""
        found = next((template for template in self._built_in if template.key == key), None)
        return found or self._store.templates.get(key)

    def save(self, template: Template) -> Template:
        """Keep a template of the shop's own; a built-in one becomes a new one of its own."""
        own = replace(template, built_in=False, key="") if template.built_in else template
        return self._store.templates.save(with_variables(own))

    def versions(self, key: str) -> list[Template]:
        """Every version of an own template, the first one first."""
        return self._store.templates.versions(key)

    def delete(self, key: str) -> None:
        """Put an own template away; ``undelete`` brings it back."""
        if any(template.key == key for template in self._built_in):
            raise NotFound("template", key)
        self._store.templates.delete(key)

    def undelete(self, key: str) -> None:
        """Fetch a deleted template back."""
        self._store.templates.undelete(key)

    def with_holes(self, template: Template) -> Template:
        """The template with a variable for each ``{hole}`` of its text."""
        return with_variables(template)

    def use(self, template: Template, values: Mapping[str, str], brief: Brief) -> FilledTemplate:
        """The brief with the template's lines; raises ``BriefInvalid`` that names the variable."""
        return use_template(template, values, brief)

    def export(self, path: Path) -> int:
        """Write the shop's own templates to a JSON file; how many."""
        own = self._store.templates.all()
        write_text(path, templates_json(own))
        return len(own)

    def import_from(self, path: Path) -> TemplateImport:
        """Add the templates of a file; one with the key of an own template becomes its next version."""
        found = read_templates(path)
        shipped = {template.key for template in self._built_in}
        for template in found.templates:
            self._store.templates.save(replace(template, key="") if template.key in shipped else template)
        return found
