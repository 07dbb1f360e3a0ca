"""The parts of a package that are changed or added, with what has to point to them."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

from automation.workbooks.excel.graft.fresh import Fresh
from automation.workbooks.excel.xml.children import Children
from automation.workbooks.excel.xml.package import Package, relations_of
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, attribute

_NUMBER = re.compile(r"\d*(?=\.\w+$)")


class Additions:
    """What is added to `package` out of `fresh`. `changed` has the parts that are other than before, or new."""

    def __init__(self, package: Package, fresh: Fresh) -> None:
        self.package, self.fresh = package, fresh
        self.changed: dict[str, bytes] = {}
        self._types: list[bytes] = []
        types = Children(self.plain(package.name_of("[Content_Types].xml")))
        self._typed = [
            attribute(tag, "PartName") or "" for tag in types.of("Override")
        ]  # a part of old may still be named

    def plain(self, part: str) -> bytes:
        """A part as it is by now."""
        return as_plain_utf8(self.changed.get(part) or self.package.part(part))

    def bring(self, part: str, content: bytes | None = None) -> str:
        """Add a fresh part with all that it points to, and return its name; `content` is what it says, if something else."""
        name = self._free_name(part)
        self.changed[name] = self.fresh.part(part) if content is None else content
        self._types.append(
            f"<Override PartName={quoteattr(f'/{name}')} ContentType={quoteattr(self.fresh.type_of(part))}/>".encode()
        )
        tags = []
        for relation in self.fresh.relations(part):
            target = relation.target if relation.outside else f"/{self.bring(relation.target)}"
            mode = ' TargetMode="External"' if relation.outside else ""
            named = f"Type={quoteattr(relation.type)} Target={quoteattr(target)}{mode}"
            tags.append(f"<Relationship Id={quoteattr(relation.id)} {named}/>".encode())
        if tags:
            self.changed[relations_of(name)] = self._relations(name, tags)
        return name

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part point to another one, and return the id by which it does."""
        taken = {attribute(tag, "Id") for tag in Children(self._relations(part, [])).of("Relationship")}
        id_ = next(name for number in range(1, len(taken) + 2) if (name := f"rId{number}") not in taken)
        kind = f"{self.fresh.relation_types}/{kind}"
        tag = f"<Relationship Id={quoteattr(id_)} Type={quoteattr(kind)} Target={quoteattr(f'/{target}')}/>".encode()
        self.changed[self.package.name_of(relations_of(part))] = self._relations(part, [tag])
        return id_

    def link(self, name: str, id_: str) -> bytes:
        """An element that is nothing but a pointer, such as a tab's `drawing`."""
        return f'<{name} xmlns:r="{self.fresh.relation_types}" r:id="{id_}"/>'.encode()

    def whole(self) -> bytes:
        """The whole file."""
        if self._types:
            types = self.package.name_of("[Content_Types].xml")
            listed = Children(self.plain(types))
            for tag in self._types:
                listed.add("Override", tag)
            self.changed[types] = listed.xml()
        return self.package.with_parts(self.changed)

    def _relations(self, part: str, more: list[bytes]) -> bytes:
        listed = Children(self.changed.get(self.package.name_of(relations_of(part))) or self.package.relations(part))
        for tag in more:
            listed.add("Relationship", tag)
        return listed.xml()

    def _free_name(self, like: str) -> str:
        taken = {name.lstrip("/").lower() for name in (*self.package.parts, *self.changed, *self._typed)}
        names = (_NUMBER.sub(str(number), like, count=1) for number in range(1, len(taken) + 2))
        return next(name for name in (like, *names) if name.lower() not in taken)
