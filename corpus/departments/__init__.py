"""Who is responsible, read from the words: brackets, lines and tables of roles, and tasks in running text."""

from corpus.departments.brackets import bracket_span
from corpus.departments.clause import departments_in
from corpus.departments.defined import defined_names
from corpus.departments.items import bodies_at, bodies_between
from corpus.departments.kinds import jurisdiction_of, kind_of
from corpus.departments.role_lines import is_role_line
from corpus.departments.spread import spread

__all__ = [
    "bodies_at",
    "bodies_between",
    "bracket_span",
    "defined_names",
    "departments_in",
    "is_role_line",
    "jurisdiction_of",
    "kind_of",
    "spread",
]
