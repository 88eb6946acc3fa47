import subprocess
import sys

import pytest
from click.testing import CliRunner

from caseman import schema
from caseman.cli import COMMANDS, main
from caseman.database import create_engine
from caseman.sealing.keys import create_keys
from config import Config, ConfigError


@pytest.fixture
def environment(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEMAN_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


def run(*arguments):
    return CliRunner().invoke(main, arguments)


def test_help_names_every_command_without_importing_the_framework():
    probe = "import sys, caseman.cli; print(sorted({'flask', 'sqlalchemy'} & set(sys.modules)))"
    loaded = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "[]"
    for entry in COMMANDS:
        assert entry.name in run("--help").output


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.name)
def test_every_command_is_where_the_table_says(entry):
    assert run(entry.name, "--help").exit_code == 0


def test_migrate_builds_a_database_and_may_be_repeated(environment):
    for _ in range(2):
        result = run("migrate")
        assert result.exit_code == 0, result.output

    engine = create_engine(f"sqlite:///{environment / 'caseman.db'}")
    assert schema.is_current(engine)
    engine.dispose()


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_nothing_starts_without_keys(environment, command):
    result = run(command)

    assert result.exit_code == 1
    assert "caseman init" in result.output


def test_nothing_starts_with_keys_that_others_can_read(environment):
    create_keys(environment / "keys")
    (environment / "keys" / "master.key").chmod(0o644)

    result = run("serve")
    assert result.exit_code == 1
    assert "600" in result.output


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"CASEMAN_BIND": "8000"}, "such as 127.0.0.1:8000"),
        ({"CASEMAN_BIND": "0.0.0.0:8000", "CASEMAN_DEBUG": "1"}, "CASEMAN_DEBUG"),
        ({"FLASK_DEBUG": "1", "CASEMAN_TLS": "1"}, "CASEMAN_DEBUG"),
        ({"CASEMAN_LANGUAGES": "en,xx"}, "'xx'"),
        ({"CASEMAN_PROXY_HOPS": "9"}, "CASEMAN_PROXY_HOPS"),
        ({"CASEMAN_PROXY_HOPS": "many"}, "CASEMAN_PROXY_HOPS"),
        ({"CASEMAN_TLS": "yes"}, "CASEMAN_TLS"),
        ({"CASEMAN_DATABASE_URL": "mysql://x"}, "CASEMAN_DATABASE_URL"),
    ],
)
def test_unsafe_or_unclear_settings_are_refused_by_name(variables, words):
    with pytest.raises(ConfigError, match=words):
        Config.from_environment(variables).check()


def test_the_defaults_are_safe_on_one_laptop():
    config = Config.from_environment({})

    config.check()
    assert config.host_and_port() == ("127.0.0.1", 8000)
    assert config.languages == ("en", "ar", "kmr", "ckb")


def test_the_languages_offered_are_chosen():
    config = Config.from_environment({"CASEMAN_LANGUAGES": "ckb, en"})

    config.check()
    assert config.languages == ("ckb", "en")


def test_a_plain_postgresql_address_gets_its_driver():
    config = Config.from_environment({"CASEMAN_DATABASE_URL": "postgresql://localhost/caseman"})

    assert config.database_url == "postgresql+psycopg://localhost/caseman"
