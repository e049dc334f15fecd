"""Backups that are made and brought back while the store is served: for administrators alone."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import EngineOfApp, SettingsOfApp
from api.models.keeping import BackupModel, BackupsModel
from api.problems import ProblemError, responses
from api.security.access import needs
from kg.config import Settings
from kg.store.folder import is_store
from kg.store.keeping import back_up, bring_back

router = APIRouter(prefix="/admin", tags=["health"], dependencies=[needs("admin")])


@router.get("/backups", summary="List the backups", responses=responses(401, 403, 404))
def list_backups(settings: SettingsOfApp) -> BackupsModel:
    """List the backups that can be brought back, by name."""
    folder = _folder(settings)
    names = sorted(path.name for path in folder.iterdir() if is_store(path)) if folder.is_dir() else []
    return BackupsModel(items=[BackupModel.model_construct(name=name) for name in names])


@router.post("/backups", status_code=201, summary="Make a backup", responses=responses(400, 401, 403, 404, 409, 503))
async def make_backup(backup: BackupModel, engine: EngineOfApp, settings: SettingsOfApp, response: Response) -> BackupModel:
    """Copy the store as it is now, under a new name; queries and changes go on."""
    folder = _folder(settings) / backup.name
    if folder.exists():
        raise ProblemError(409, "conflict", f"There is a backup {backup.name!r} already.", advice="Take another name.")
    _, number = await engine.run(partial(back_up, folder))
    response.headers["Demarche-Snapshot"] = str(number)
    return backup


@router.post(
    "/restore",
    status_code=204,
    summary="Bring a backup back",
    response_class=Response,
    responses={204: {"description": "The store is what the backup holds."}, **responses(400, 401, 403, 404, 503)},
)
async def restore(backup: BackupModel, engine: EngineOfApp, settings: SettingsOfApp) -> Response:
    """Put a backup in the place of all that the store holds. Queries go on meanwhile, over what was there."""
    folder = _folder(settings) / backup.name
    if not is_store(folder):
        raise ProblemError(404, "not-found", f"There is no backup {backup.name!r}.", advice="GET /admin/backups lists them.")
    _, number = await engine.run(partial(bring_back, folder))
    return Response(status_code=204, headers={"Demarche-Snapshot": str(number)})


def _folder(settings: Settings) -> Path:
    if settings.backups is None:
        raise ProblemError(
            404,
            "no-backups",
            "No folder for backups is set.",
            advice="Start the server with DEMARCHE_BACKUPS=FOLDER, or use kg backup.",
        )
    return settings.backups.absolute()
