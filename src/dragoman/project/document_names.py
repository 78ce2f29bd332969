"""Documents and assets: which files beside the texts look as if somebody meant them to be translated."""

from __future__ import annotations

import os

_ASSET_SUFFIXES = """
    avif bmp drawio eps fig gif heic ico jpeg jpg kra png psd sketch svg svgz tif tiff webp xcf
    aac aiff avi flac m4a m4v mid midi mkv mov mp3 mp4 mpeg mpg oga ogg ogv opus wav weba webm wmv
    eot otf ttc ttf woff woff2
    css less map sass scss styl
    bash bat c cc cfg cjs conf cpp cs cts go h hpp ini java jl js jsx kt lock lua mjs mmd mts php pl
    plantuml properties ps1 puml py pyc r rb rs sh sql swift toml ts tsx vue wasm zsh
    bib bin csv dat db gpx geojson json json5 jsonl ndjson parquet sqlite srx tsv xml xsd xsl yaml
    yml
    7z bz2 gz jar rar tar tgz xz zip zst
    bak log orig rej swo swp tmp
    mo numbers po pot sdltm tbx tmx
"""
_ASSETS = frozenset(_ASSET_SUFFIXES.split())
"""Suffixes of images, sound, film, fonts, styles, code, data, archives, leavings and catalogs."""
_ASSET_NAMES = frozenset(("cname", "dockerfile", "justfile", "makefile", "codeowners"))


def is_document(name: str) -> bool:
    """Whether a file holds prose, as far as its name tells.

    >>> is_document("day.docx"), is_document("README"), is_document("map.svg")
    (True, True, False)
    """
    base, suffix = os.path.splitext(os.path.basename(name).lower())
    if name.endswith("~"):
        return False
    return suffix[1:] not in _ASSETS if suffix else base not in _ASSET_NAMES
