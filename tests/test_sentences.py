"""What sentences say, as a table: the specification of the German rules.

The sentences are made up from knowledge of the language; the article's day is 8 May 2018. An
expectation reads ``Class agent > recipient`` or ``Class participant + participant``, then ``@
place``, ``> destination``, ``[factuality]`` unless actual, ``(time)``, ``< source``.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.model import Event, Extraction, Factuality

Reader = Callable[..., Extraction]


def rendered(event: Event, extraction: Extraction) -> str:
    """An event in the notation of the table."""

    def names(keys: tuple[str, ...], sign: str = " + ") -> str:
        return sign.join(sorted(extraction.entities[k].label for k in keys))

    text = f"{event.kind} {names(event.agents or event.participants)}".rstrip()
    if event.recipients:
        text += f" > {names(event.recipients)}"
    for sign, key in ((" @ ", event.place), (" -> ", event.destination)):
        if key:
            text += sign + extraction.entities[key].label
    if event.office:
        text += f", {event.office}" + (f", {extraction.entities[event.body].label}" if event.body else "")
    if event.factuality is not Factuality.ACTUAL:
        text += f" [{event.factuality}]"
    if event.time and (event.time.date or event.time.earliest):
        text += f" ({event.time.date or f'{event.time.earliest}..{event.time.latest}'})"
    if event.attributed_to:
        text += f" < {names(event.attributed_to)}"
    return text


def missed(why: str, sentence: str, *expected: str) -> object:
    """A sentence that is not understood yet."""
    return pytest.param(sentence, expected, marks=pytest.mark.xfail(reason=why, strict=True))


MEETINGS = [
    (
        "Merkel traf sich am Montag mit Macron in Paris.",
        "Meeting Angela Merkel + Emmanuel Macron @ Paris (2018-05-07)",
    ),
    ("Putin empfing Erdogan im Kreml.", "Meeting Recep Tayyip Erdogan + Wladimir Putin"),
    ("In Genf kamen Lawrow und Kerry zusammen.", "Meeting John Kerry + Sergej Lawrow @ Genf"),
    (
        "Trump will Kim im Juni in Singapur treffen.",
        "Meeting Donald Trump + Kim Jong Un @ Singapur [Planned] (2018-06-01..2018-06-30)",
    ),
    ("Merkel hat Putin nicht getroffen.", "Meeting Angela Merkel + Wladimir Putin [Negated]"),
    (
        "Nach dem Treffen mit Xi Jinping reiste Macron nach Indien.",
        "Meeting Emmanuel Macron + Xi Jinping",
        "Visit Emmanuel Macron -> Indien",
    ),
    ("Macron telefonierte am Sonntag mit Ruhani.", "PhoneCall Emmanuel Macron + Hassan Ruhani (2018-05-06)"),
]
VISITS = [
    ("Heiko Maas reiste am 3. Mai nach Jordanien.", "Visit Heiko Maas -> Jordanien (2018-05-03)"),
    ("Der chinesische Außenminister ist in Pjöngjang eingetroffen.", "Visit Wang Yi -> Pjöngjang"),
    (
        "Bundeskanzlerin Merkel besucht China.",
        "Visit Angela Merkel -> China",
        "OfficeHolding Angela Merkel, Bundeskanzlerin, Deutschland",
    ),
    ("Trumps Besuch in London wurde verschoben.", "Visit Donald Trump -> London"),
]
STATEMENTS = [
    ("„Wir bleiben im Gespräch mit allen Seiten“, sagte Mogherini.", "Statement Federica Mogherini"),
    ("Lawrow erklärte, Russland werde antworten.", "Statement Sergej Lawrow"),
    ("Nach Angaben von Reuters hat der Iran einen Tanker beschlagnahmt.", "Coercion Iran < Reuters"),
    ("Das Ministerium wollte sich nicht äußern."),
]
CONFLICT = [
    ("Die USA haben neue Sanktionen gegen Russland verhängt.", "Sanction USA > Russland"),
    ("Großbritannien wies 23 russische Diplomaten aus.", "Sanction Großbritannien > Russland"),
    ("Der Iran drohte den USA mit Vergeltung.", "Threat Iran > USA"),
    ("Kiew warf Moskau den Bruch des Völkerrechts vor.", "Accusation Ukraine > Russland"),
    (
        "Putins Kritik an der Nato wies Stoltenberg zurück.",
        "Accusation Wladimir Putin > Nato",
        "Rejection Jens Stoltenberg > Wladimir Putin",
    ),
    ("Die Türkei bestellte den deutschen Botschafter ein.", "Accusation Türkei > Deutschland"),
    ("Israel griff Ziele in Syrien an."),
    ("Maduro wurde von Russland und China unterstützt.", "Support China + Russland > Nicolás Maduro"),
    ("Deutschland fordert von der Türkei die Freilassung der Gefangenen.", "Request Deutschland > Türkei"),
    ("Die Polizei nahm den Aktivisten Alexej Nawalny fest.", "Coercion > Alexej Nawalny"),
    ("Nordkorea lehnt den Vorschlag der USA ab.", "Rejection Nordkorea > USA"),
    ("Zwischen Washington und Peking herrscht Streit.", "Tension China + USA"),
]
AGREEMENT = [
    ("Die EU und Japan haben ein Handelsabkommen unterzeichnet.", "Agreement EU + Japan"),
    ("Ankara und Brüssel einigten sich auf einen Kompromiss.", "Agreement EU + Türkei"),
    ("Norwegen vermittelt zwischen Regierung und Opposition.", "Mediation Norwegen > Opposition"),
    ("Berlin lieferte der Ukraine Waffen.", "Aid Deutschland > Ukraine"),
    ("Russland zieht seine Truppen aus Syrien ab.", "Retreat Russland @ Syrien"),
]
OFFICES = [
    (
        "Der ukrainische Präsident Petro Poroschenko sprach.",
        "OfficeHolding Petro Poroschenko, Präsident, Ukraine",
    ),
    (
        "Nato-Generalsekretär Jens Stoltenberg schwieg.",
        "OfficeHolding Jens Stoltenberg, Generalsekretär, Nato",
    ),
    ("Der Präsident von Malawi, Peter Muster, schwieg.", "OfficeHolding Peter Muster, Präsident, Malawi"),
    ("Ex-Präsident Barack Obama schwieg."),
]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (row, ()) if isinstance(row, str) else (row[0], row[1:])
        for row in (*MEETINGS, *VISITS, *STATEMENTS, *CONFLICT, *AGREEMENT, *OFFICES)
    ],
)
def test_sentence(sentence: str, expected: tuple[str, ...], read: Reader) -> None:
    extraction = read(sentence)
    assert sorted(rendered(e, extraction) for e in extraction.events) == sorted(expected)
