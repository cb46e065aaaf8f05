"""Lists of goods are sent in and looked at as every list is."""

from tests.imports.conftest import goods_file, upload

__all__ = ["goods_file", "upload"]
