"""What may be sent and where to: the engine, its address, and whether it gets the key.

Settings are shared and may come from others. They may name an engine, but must not lead this
program into a private network or choose who receives a key: both need an option of the command.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dragoman import engines
from dragoman.engines import Engine, addresses, engine_named, keys
from dragoman.engines.exchange import EngineOptions, Traits
from dragoman.errors import DragomanError
from dragoman.languages import locales
from dragoman.pipeline.machine.retry import Pace
from dragoman.project import Settings


@dataclass(frozen=True)
class EngineChoice:
    """The options of the command; empty fields are left to the settings."""

    engine: str = ""
    endpoint: str = ""
    model: str = ""
    private: bool = False
    """Whether the address in the settings may be in a private network."""
    jobs: int = 0
    dry_run: bool = False


@dataclass(frozen=True)
class Agreement:
    """The engine to use, its address and options."""

    engine: Engine
    options: EngineOptions
    pace: Pace
    items: int
    """Maximum number of texts in a request."""
    named: bool
    """Whether the user gave the address in the command."""
    withheld: bool
    """Whether there is a key that is not sent since only the settings name the address."""
    cost: float | None
    """Price of a million characters; None if the settings have none."""
    currency: str

    @property
    def name(self) -> str:
        """The engine's name, with its model if it has several; used in the origin of drafts."""
        model = self.options.model
        return f"{self.engine.TRAITS.name} {model}" if model else self.engine.TRAITS.name

    @property
    def host(self) -> str:
        """The server that texts are sent to; empty for an offline engine."""
        endpoint = self.options.endpoint
        return addresses.place(endpoint).origin if endpoint else ""


def agreed(settings: Settings, command: EngineChoice) -> Agreement:
    """Combine the options of the command with the settings.

    Raises:
        DragomanError: no engine is named, or its key or model is missing.
    """
    table = settings.translate
    name = command.engine or table.get("engine", "")
    if not name:
        raise DragomanError(
            "no engine is named, so nothing is sent",
            how_to_fix=f"name one with --engine: {', '.join(engines.ENGINES)}",
        )
    engine = engine_named(name)
    engine_settings: Mapping[str, Any] = table.get(name, {})
    options, withheld = _options(engine, engine_settings, command)
    return Agreement(
        engine,
        options,
        _pace(engine, engine_settings, command),
        min(engine_settings.get("items", engine.TRAITS.items), engine.TRAITS.items),
        bool(command.endpoint) or command.private,
        withheld,
        table.get("cost", {}).get(name),
        table.get("currency", ""),
    )


def _options(
    engine: Engine, engine_settings: Mapping[str, Any], command: EngineChoice
) -> tuple[EngineOptions, bool]:
    """The options of an engine, and whether its key is withheld."""
    traits = engine.TRAITS
    model = command.model or engine_settings.get("model", "") if traits.model_needed else ""
    if traits.model_needed and not model:
        raise DragomanError(
            f"{traits.name} needs the name of a model",
            how_to_fix=f"give --model, or 'model' in [translate.{traits.name}]",
        )
    key = keys.find(traits.key, traits.name)
    endpoint = _endpoint(traits, engine_settings, command, key)
    address = addresses.place(endpoint) if endpoint else None
    ours = address is not None and address.origin in traits.own
    if key is None and traits.key_needed and ours and not command.dry_run:
        raise DragomanError(
            f"{traits.name} needs a key",
            how_to_fix=f"set {traits.key}, or put it into the keyring: "
            f"keyring set {keys.SERVICE} {traits.name}",
        )
    if command.dry_run and (key is not None or (traits.key_needed and ours)):
        key = keys.Key(f"${traits.key}")  # a dry run shows the variable, not the key
    trusted = ours or bool(command.endpoint)
    plain = f"{address.origin}{address.path}" if address else ""
    options = EngineOptions(
        plain, key if trusted else None, model, engine_settings.get("glossary", "")
    )
    return options, key is not None and not trusted


def _endpoint(
    traits: Traits, engine_settings: Mapping[str, Any], command: EngineChoice, key: keys.Key | None
) -> str:
    """The address of the server: from the command, else the settings, else the engine."""
    endpoint: str = command.endpoint or engine_settings.get("endpoint", "")
    if endpoint and traits.offline:
        raise DragomanError(
            f"{traits.name} sends nothing, so it has no endpoint", how_to_fix="leave --endpoint out"
        )
    if endpoint:
        return endpoint
    # keys of DeepL's free plan end in ":fx" and are valid at another address only
    free = traits.name == "deepl" and key is not None and key.reveal().endswith(":fx")
    return traits.own[-1] if free else traits.endpoint


def _pace(engine: Engine, engine_settings: Mapping[str, Any], command: EngineChoice) -> Pace:
    """How fast requests may be sent."""
    default = Pace(rate=engine.TRAITS.rate)
    pace = default._replace(
        **{field: engine_settings[field] for field in Pace._fields if field in engine_settings}
    )
    return pace._replace(concurrency=command.jobs or pace.concurrency)


def check_languages(agreement: Agreement, source: str, targets: tuple[str, ...]) -> None:
    """Make sure that the engine knows the source and target languages.

    Raises:
        DragomanError: it does not know one.
    """
    for locale in (source, *targets):
        if not agreement.engine.code(locale):
            direction = "from" if locale == source else "into"
            name = agreement.engine.TRAITS.name
            raise DragomanError(
                f"{name} does not translate {direction} {locales.name(locale, 'en')} ({locale})",
                how_to_fix="choose other locales with --locale, or another engine",
            )
