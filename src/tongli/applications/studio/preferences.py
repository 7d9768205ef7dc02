"""How each account likes its Studio."""

from __future__ import annotations

from typing import get_args

from tongli.applications.studio.access import Actor
from tongli.applications.studio.checks import check_choice, check_label
from tongli.applications.studio.database import Database
from tongli.applications.studio.records import Preferences, Theme
from tongli.applications.studio.tables import PreferencesRow


class AllPreferences:
    """Preferences by account.

    Args:
        database: where they are.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, *, by: Actor) -> Preferences:
        """The actor's preferences; the defaults until they change something. Raises ``StorageError``."""
        with self._database.reading() as session:
            row = session.get(PreferencesRow, by.id)
            if row is None:
                return Preferences()
            return Preferences(
                language=row.language,
                theme=row.theme,
                share_edits=row.share_edits,
            )

    def put(self, preferences: Preferences, *, by: Actor) -> None:
        """Replace the actor's preferences.

        Raises:
            InputError: ``studio.choice``, ``studio.size``, ``studio.label``.
            StorageError: ``studio.database``.
        """
        check_choice("a theme", preferences.theme, get_args(Theme))
        check_label("a language tag", preferences.language or "", limit=35)
        with self._database.writing() as session:
            session.merge(
                PreferencesRow(
                    user_id=by.id,
                    language=preferences.language,
                    theme=preferences.theme,
                    share_edits=preferences.share_edits,
                )
            )
