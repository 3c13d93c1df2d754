"""The logs of gunicorn, without what a visitor typed and what in a path opens something."""

import os

from gunicorn.glogging import Logger

from .logs import DropQuery, Json, one_line, without_keys


class Log(Logger):
    def setup(self, cfg):
        super().setup(cfg)
        self.error_log.addFilter(DropQuery())
        # As settings read it; this runs before there are settings.
        self.as_json = os.environ.get("LOG_FORMAT") == "json"
        if self.as_json:
            for handler in [*self.error_log.handlers, *self.access_log.handlers]:
                handler.setFormatter(Json())

    def atoms(self, *args, **kwargs):
        atoms = super().atoms(*args, **kwargs)
        return atoms | {"U": one_line(without_keys(atoms["U"]))}

    def access(self, resp, req, environ, request_time):
        if not (self.as_json and self.access_log.handlers):
            return super().access(resp, req, environ, request_time)
        atoms = self.atoms(resp, req, environ, request_time)
        said = {
            "number": atoms.get("{x-request-id}o"),
            "view": environ.get("trupaths.view"),
            "status_code": int(atoms["s"]),
            "ms": round(request_time.total_seconds() * 1000, 1),
        }
        self.access_log.info("%s %s", atoms["m"], atoms["U"], extra=said)
