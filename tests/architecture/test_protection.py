"""Every column has a protection class, and what could cost a life is sealed."""

from caseman import schema
from caseman.protection import Protection, classed_columns, protection_of


def test_every_column_of_every_table_has_a_class():
    classed = [(table, column) for table, column, _ in classed_columns()]
    stored = {
        (table.name, column.name)
        for table in schema.metadata().tables.values()
        for column in table.columns
    }

    assert sorted(stored - set(classed)) == [], "give these a class in caseman/protection.py"
    assert sorted(set(classed) - stored) == [], "these are gone from the models"


def test_what_could_cost_a_life_is_sealed():
    bare = [
        f"{table}.{column}"
        for table, column, protection in classed_columns()
        if protection is Protection.P3 and not column.endswith("_sealed")
    ]

    assert bare == []


def test_what_nobody_has_classed_is_treated_as_if_it_could_cost_a_life():
    assert protection_of("informant", "a_column_of_tomorrow") is Protection.P3
