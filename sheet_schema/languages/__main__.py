"""`python -m sheet_schema.languages` compiles every catalogue of translations and every `language.toml`, as the set-up does."""

from __future__ import annotations

import json

from sheet_schema.languages import FOLDER, compiled, described


def main() -> None:
    for source in sorted(FOLDER.glob("*/*.po")):
        source.with_suffix(".mo").write_bytes(compiled(source))
    for source in sorted(FOLDER.glob("*/language.toml")):
        source.with_suffix(".json").write_text(json.dumps(described(source), ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
