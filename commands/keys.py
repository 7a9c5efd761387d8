"""`policyqa keys`: API keys made, listed and revoked."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import TYPE_CHECKING

from commands.environment import kept, settings_from
from commands.exits import OK, WRONG_USE, CommandError
from commands.output import complain
from corpus.today import day_in_china

if TYPE_CHECKING:
    from records.book import Records

_ACTOR = "command line"


def configure(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="action", required=True)
    make = actions.add_parser("make", help="a new key, shown once")
    make.add_argument("name", help="whom it is for")
    make.add_argument("--role", choices=("staff", "admin"), default="staff", help="what it may do (default staff)")
    listed = actions.add_parser("list", help="who has a key; the keys themselves are kept nowhere")
    listed.add_argument("--json", action="store_true", help="as JSON")
    revoke = actions.add_parser("revoke", help="the key, and every session it opened, is worth nothing from now on")
    revoke.add_argument("id", help="the id that `keys list` shows")


def run(options: Namespace) -> int:
    """Raises CommandError (2) for an id that there isn't, (3) for a database that can't be used."""
    from records.errors import NotFoundError

    settings_from()
    with kept() as records:
        try:
            _act(options, records)
        except NotFoundError as error:
            raise CommandError(str(error), WRONG_USE) from None
    return OK


def _act(options: Namespace, records: Records) -> None:
    if options.action == "make":
        if not options.name.strip() or len(options.name) > 80:
            raise CommandError("NAME: say whom the key is for, in at most 80 characters.", WRONG_USE)
        identity, key = records.keys.make(options.name.strip(), options.role)
        records.audit.note(_ACTOR, "make key", identity, role=options.role)
        complain(f"key {identity} ({options.role}) for {options.name.strip()}; it is shown this once:")
        print(key)
    elif options.action == "revoke":
        records.keys.revoke(options.id)
        records.audit.note(_ACTOR, "revoke key", options.id)
        complain(f"key {options.id} is revoked.")
    else:
        _list(records.keys.listed(), options.json)


def _list(rows: list[dict[str, str | None]], as_json: bool) -> None:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        state = f"revoked {_day(row['revoked_at'])}" if row["revoked_at"] else "valid"
        print(f"{row['id']}  {row['role']:<6} {_day(row['made_at'])}  {state:<18} {row['name']}")


def _day(moment: str | None) -> str:
    return day_in_china(datetime.fromisoformat(moment)).isoformat() if moment else ""
