"""What may leave, and where to: the engine that the user named, its address, and who gets its key.

Settings are shared, and may come from somebody else. So they may name an engine, but neither lead
this program into a private network nor choose who receives a key: both take the user's own word,
in the command.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman import engines
from dragoman.engines import Engine, addresses, engine_named, keys
from dragoman.engines.exchange import Options, Traits
from dragoman.errors import DragomanError
from dragoman.languages import locales
from dragoman.pipeline.machine.retry import Pace
from dragoman.project import Settings


@dataclass(frozen=True)
class Said:
    """What the user said in the command; empty where he leaves it to the settings."""

    engine: str = ""
    endpoint: str = ""
    model: str = ""
    private: bool = False
    """Whether the address of the settings may lie in a private network."""
    jobs: int = 0
    dry_run: bool = False


@dataclass(frozen=True)
class Agreement:
    """Which engine is asked, where, and how."""

    engine: Engine
    options: Options
    pace: Pace
    items: int
    """Texts a request."""
    named: bool
    """Whether the user named the address."""
    withheld: bool
    """Whether there is a key that only settings would have chosen the receiver of."""
    cost: float | None
    """Price of a million characters, where the settings tell."""
    currency: str

    @property
    def name(self) -> str:
        """The engine, and the model where it has several, as drafts name it."""
        model = self.options.model
        return f"{self.engine.TRAITS.name} {model}" if model else self.engine.TRAITS.name

    @property
    def host(self) -> str:
        """The server that texts go to; nothing where they stay."""
        endpoint = self.options.endpoint
        return addresses.place(endpoint).origin if endpoint else ""


def agreed(settings: Settings, said: Said) -> Agreement:
    """What the command and the settings say together.

    Raises:
        DragomanError: no engine is named, or something that it needs is missing.
    """
    table = settings.translate
    name = said.engine or table.get("engine", "")
    if not name:
        raise DragomanError(
            "no engine is named, so nothing is sent",
            way_out=f"name one with --engine: {', '.join(engines.ENGINES)}",
        )
    engine = engine_named(name)
    own: Mapping[str, Any] = table.get(name, {})
    options, withheld = _options(engine, own, said)
    return Agreement(
        engine,
        options,
        _pace(engine, own, said),
        min(own.get("items", engine.TRAITS.items), engine.TRAITS.items),
        bool(said.endpoint) or said.private,
        withheld,
        table.get("cost", {}).get(name),
        table.get("currency", ""),
    )


def _options(engine: Engine, own: Mapping[str, Any], said: Said) -> tuple[Options, bool]:
    """How the engine is reached, and whether a key of it is withheld."""
    traits = engine.TRAITS
    model = said.model or own.get("model", "") if traits.model_needed else ""
    if traits.model_needed and not model:
        raise DragomanError(
            f"{traits.name} needs the name of a model",
            way_out=f"give --model, or 'model' in [translate.{traits.name}]",
        )
    key = keys.find(traits.key, traits.name)
    endpoint = _endpoint(traits, own, said, key)
    where = addresses.place(endpoint) if endpoint else None
    ours = where is not None and where.origin in traits.own
    if key is None and traits.key_needed and ours and not said.dry_run:
        raise DragomanError(
            f"{traits.name} needs a key",
            way_out=f"set {traits.key}, or put it into the keyring: "
            f"keyring set {keys.SERVICE} {traits.name}",
        )
    if said.dry_run and (key is not None or (traits.key_needed and ours)):
        key = keys.Key(f"${traits.key}")  # what is shown names it
    trusted = ours or bool(said.endpoint)
    plain = f"{where.origin}{where.path}" if where else ""
    options = Options(plain, key if trusted else None, model, own.get("glossary", ""))
    return options, key is not None and not trusted


def _endpoint(traits: Traits, own: Mapping[str, Any], said: Said, key: keys.Key | None) -> str:
    """The address that the command names, or the settings, or the engine has."""
    endpoint: str = said.endpoint or own.get("endpoint", "")
    if endpoint and traits.offline:
        raise DragomanError(
            f"{traits.name} sends nothing, so it has no endpoint", way_out="leave --endpoint out"
        )
    if endpoint:
        return endpoint
    free = traits.name == "deepl" and key is not None and key.reveal().endswith(":fx")
    return traits.own[-1] if free else traits.endpoint


def _pace(engine: Engine, own: Mapping[str, Any], said: Said) -> Pace:
    usual = Pace(rate=engine.TRAITS.rate)
    found = usual._replace(**{field: own[field] for field in Pace._fields if field in own})
    return found._replace(concurrency=said.jobs or found.concurrency)


def check_languages(agreement: Agreement, source: str, targets: tuple[str, ...]) -> None:
    """Raise DragomanError where the engine does not know one of the languages."""
    for locale in (source, *targets):
        if not agreement.engine.code(locale):
            direction = "from" if locale == source else "into"
            name = agreement.engine.TRAITS.name
            raise DragomanError(
                f"{name} does not translate {direction} {locales.name(locale, 'en')} ({locale})",
                way_out="choose other locales with --locale, or another engine",
            )
