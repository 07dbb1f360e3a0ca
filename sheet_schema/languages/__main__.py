"""`python -m sheet_schema.languages` compiles every catalogue of translations, as the set-up does."""

from __future__ import annotations

from sheet_schema.languages import FOLDER, compiled


def main() -> None:
    for source in sorted(FOLDER.glob("*/*.po")):
        source.with_suffix(".mo").write_bytes(compiled(source))


if __name__ == "__main__":
    main()
