"""The logs of gunicorn, without what a visitor typed and what in a path opens something."""

from gunicorn.glogging import Logger

from .logs import DropQuery, without_keys


class Log(Logger):
    def setup(self, cfg):
        super().setup(cfg)
        self.error_log.addFilter(DropQuery())

    def atoms(self, *args, **kwargs):
        atoms = super().atoms(*args, **kwargs)
        return atoms | {"U": without_keys(atoms["U"])}
