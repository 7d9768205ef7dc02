"""The Studio: pages in the browser for people who read, write and translate all day.

=================  ==================================================================================
``mount``          the pages in an application
``pages``          one module a page
``components``     their parts
``layout``         what surrounds every page
``words``          the interface's languages, by the files in ``catalogue/``
``work``           model calls outside the event loop
``reads``          first answers, several people's in one pass
``studio``         what all pages share
``offers``         what choices offer
``translators``    which engine translates a pair
``export``         readings as files
``static``         style and keys; nothing is fetched from another host
=================  ==================================================================================

The toolkit is NiceGUI, which the extra ``studio`` installs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tongli.core import ConfigError, Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

    from tongli.applications.studio.store import Store
    from tongli.pipeline import Tongli

__all__ = ["StudioOptions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioOptions:
    """How a Studio is served.

    Attributes:
        store: what it keeps.
        auth: people log in to accounts; else there is one user, with the address of this start.
        body_bytes: largest file that a page may hand in, with what is sent around it.
    """

    store: Store
    auth: bool = False
    body_bytes: int = 21_000_000

    def attach(self, app: FastAPI, tongli: Tongli, settings: Settings, *, hosts: tuple[str, ...]) -> str:
        """Put the pages, the review queue and the gate into an application; returns the first page's path.

        Raises:
            ConfigError: ``studio.package`` without the toolkit.
        """
        try:
            from tongli.serving.review import add_review
            from tongli.serving.studio.mount import mount
        except ModuleNotFoundError as missing:
            raise ConfigError(
                "studio.package",
                received=f"a call that needs the package {missing.name}",
                allowed="the packages of the extra studio",
                fix='Install them: pip install "tongli[studio]".',
            ) from None
        add_review(app, self.store)
        return mount(app, tongli, settings, options=self, hosts=hosts)
