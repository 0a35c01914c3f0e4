"""An office: in whose name reports are written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Office:
    """The head block of a unit's reports, who signs them, who receives them; what is empty follows from its name.

    Committees of the people name no body above them, so that ``governing`` stays empty unless it is given.
    """

    issuer: str = ""
    governing: str = ""
    council: str = ""
    place: str = ""
    signature: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()
    addressed_to: tuple[str, ...] = ()
