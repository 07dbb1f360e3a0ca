"""Install again: what is missing from a workbook is added, what people changed is left alone."""


def completed(data, language, rows): ...
