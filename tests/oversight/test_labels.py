"""The trail is read in words: no table and no column of a record is without a name."""

from caseman.app import create_app  # noqa: F401 - knows every model
from caseman.audit.recorder import Audited
from caseman.database import Base
from caseman.oversight.labels import COLUMNS, TABLES


def test_every_audited_table_and_column_has_a_name():
    tables = [
        mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Audited)
    ]
    columns = {(table.name, column.name) for table in tables for column in table.columns}

    assert {table.name for table in tables} - TABLES.keys() == set()
    assert {each for each in columns if each[1] not in COLUMNS} == set()
