"""Makes the applications of tests, which share what does not depend on their data.

Addresses, templates and statements are compiled once for each process: to do it anew for each
test took most of its time. Data, keys and settings are each application's own.
"""

from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Map, Rule, RuleFactory

import caseman.app
from caseman.database import create_engine
from caseman.web.kit import Application
from config import Config

STATEMENTS = 2_000
"""So many compiled ones are kept."""


class Applications:
    """Makes one application after the other."""

    def __init__(self, templates: FileSystemBytecodeCache) -> None:
        self._templates = templates
        self._dialects: dict[str, tuple[Dialect, LRUCache[Any, Any]]] = {}
        self._map: SharedMap | None = None
        self._rules = 0

    def make(self, config: Config) -> Flask:
        """Return what ``create_app`` does."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Application, "url_map_class", self._lend_map)
            patch.setattr(caseman.app, "create_engine", self._engine)
            app = caseman.app.create_app(config)
        app.jinja_env.bytecode_cache = self._templates
        self._rules = _count(app)
        return app

    def end(self, app: Flask) -> None:
        """Close the connections of ``app``; a map is not lent again where a test added to it."""
        app.extensions["caseman"].sessions.engine.dispose()
        if _count(app) != self._rules:
            self._map = None

    def _lend_map(self, *, host_matching: bool) -> "SharedMap":
        if self._map is None:
            self._map = SharedMap(host_matching=host_matching)
        return self._map

    def _engine(self, url: str) -> Engine:
        # Compiled statements are kept for each dialect, and each engine has one of its own.
        engine = create_engine(url)
        if engine.name not in self._dialects:
            engine.connect().close()  # it asks the server for its version now
            self._dialects[engine.name] = engine.dialect, LRUCache(STATEMENTS)
        engine.dialect, kept = self._dialects[engine.name]
        engine.update_execution_options(compiled_cache=kept)
        return engine


class SharedMap(Map):
    """A map of addresses to which the rules of a second application may be added again."""

    def __init__(self, *, host_matching: bool = False) -> None:
        super().__init__(host_matching=host_matching)
        self._known: set[tuple[str, str, frozenset[str]]] = set()

    def add(self, rulefactory: RuleFactory) -> None:
        for rule in rulefactory.get_rules(self):
            if (key := _key(rule)) not in self._known:
                self._known.add(key)
                super().add(rule)


def _count(app: Flask) -> int:
    return sum(1 for _ in app.url_map.iter_rules())


def _key(rule: Rule) -> tuple[str, str, frozenset[str]]:
    return rule.rule, rule.endpoint, frozenset(rule.methods or ())
