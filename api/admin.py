"""What only administrators do: keys, documents, the audit log, a reload, the settings read."""

from __future__ import annotations

import shutil
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Query, UploadFile

from api.callers import actor, at_least
from api.problems import PROBLEMS, gives
from api.schemas import DeliveryOut, DocumentIn, KeyIn
from api.settings import ServiceSettings
from corpus.errors import CorpusError
from index.errors import IndexStoreError
from index.version import VERSION
from records.delivery import received_json
from records.keys import Holder
from records.services import Services
from records.shelf import Shelf

_Admin = Annotated[Holder, Depends(at_least("admin"))]
_NOTED = 500  # characters of the audit log for the documents of one delivery
_DocumentId = Annotated[str, Path(max_length=61)]


def router(services: Services, settings: ServiceSettings) -> APIRouter:
    records = services.records
    routes = APIRouter(prefix="/api", tags=["admin"])

    def shelf() -> Shelf:
        if services.shelf is None:
            raise HTTPException(503, "documents can't be changed in this process.", {"retry-after": "60"})
        return services.shelf

    @routes.get("/keys")
    def keys(_caller: _Admin) -> dict[str, Any]:
        """Who has a key; the keys themselves are kept nowhere."""
        return {"keys": records.keys.listed()}

    @routes.post("/keys", status_code=201)
    def make_key(wanted: KeyIn, caller: _Admin) -> dict[str, str]:
        """The one time that the key is shown."""
        identity, key = records.keys.make(wanted.name, wanted.role)
        records.audit.note(actor(caller), "make key", identity, role=wanted.role)
        return {"id": identity, "key": key}

    @routes.delete("/keys/{key_id}", responses=PROBLEMS[404])
    def revoke(key_id: Annotated[str, Path(max_length=16)], caller: _Admin) -> dict[str, str]:
        """From now on the key, and every session it has opened, is worth nothing."""
        records.keys.revoke(key_id)
        records.audit.note(actor(caller), "revoke key", key_id)
        return {"status": "revoked"}

    @routes.delete("/keys/{key_id}/sessions")
    def end_sessions(key_id: Annotated[str, Path(max_length=16)], caller: _Admin) -> dict[str, int]:
        """Whoever is signed in with the key is signed out; the key itself stays valid."""
        ended = records.sessions.end_all(key_id)
        records.audit.note(actor(caller), "end sessions", key_id, sessions=ended)
        return {"sessions": ended}

    @routes.get("/audit")
    def audit(_caller: _Admin, limit: Annotated[int, Query(ge=1, le=1000)] = 100) -> dict[str, Any]:
        """Who did what, the latest first."""
        return {"entries": records.audit.listed(limit)}

    @routes.get("/settings")
    def show(_caller: _Admin) -> dict[str, Any]:
        """What the service was started with; no secrets."""
        return {
            "version": VERSION,
            "database": records.database.name,
            "retention_days": services.retention_days,
            "model": services.qa.model_name,
            "corpus_version": services.qa.corpus.digest[:12],
            **settings.model_dump(exclude={"rate_storage"}),
        }

    @routes.post("/reload")
    def reload(caller: _Admin) -> dict[str, Any]:
        """Reads texts and index again; what can't be read leaves the old ones in place, and says why."""
        try:
            changed = services.live.reload()
        except (CorpusError, IndexStoreError) as error:
            raise HTTPException(503, f"{error} What was served before goes on.", {"retry-after": "60"}) from None
        records.pins.check(services.qa.corpus)
        version = services.qa.corpus.digest[:12]
        records.audit.note(actor(caller), "reload", version, changed=changed)
        return {"changed": changed, "corpus_version": version}

    @routes.post("/documents", responses=gives(DeliveryOut, 503))
    def deliver(files: list[UploadFile], caller: _Admin, dry_run: bool = False) -> dict[str, Any]:
        """Puts files and archives in as they come, all that can be read at once, and says of each what became of it."""
        with TemporaryDirectory() as folder:
            paths = [_written(FilePath(folder) / str(place), one) for place, one in enumerate(files)]
            delivery = shelf().looked_through(paths)
            if delivery.sources and not dry_run:
                shelf().put_all(delivery)
        told = {"files": [received_json(one) for one in delivery.received]}
        return told if dry_run else told | _changed("deliver documents", ", ".join(delivery.sources)[:_NOTED], caller)

    @routes.put("/documents/{document_id}")
    def put_document(document_id: _DocumentId, given: DocumentIn, caller: _Admin) -> dict[str, Any]:
        """Puts a text in or in another's place, indexes it and answers from it. A text that can't be read changes nothing."""
        metadata = given.metadata.encode() if given.metadata is not None else None
        new = shelf().put(document_id, given.suffix, given.data(), metadata)
        return _changed("put document", document_id, caller, new=new)

    @routes.delete("/documents/{document_id}", responses=PROBLEMS[404])
    def remove_document(document_id: _DocumentId, caller: _Admin) -> dict[str, Any]:
        """Takes a text out; its file is kept beside the index, in `removed`."""
        shelf().remove(document_id)
        return _changed("remove document", document_id, caller)

    def _changed(action: str, document_id: str, caller: Holder, **detail: Any) -> dict[str, Any]:
        records.audit.note(actor(caller), action, document_id, **detail)
        stale = records.pins.check(services.qa.corpus)
        return {"corpus_version": services.qa.corpus.digest[:12], "pins_to_review": stale, **detail}

    return routes


def _written(folder: FilePath, file: UploadFile) -> FilePath:
    """The file in a folder of its own, by the last part of its name."""
    folder.mkdir()
    path = folder / (FilePath((file.filename or "").replace("\\", "/")).name or "file")
    with path.open("wb") as written:
        shutil.copyfileobj(file.file, written)
    return path
